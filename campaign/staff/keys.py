"""All keys of the desk, on a page of their own for who has no script; with script `?` shows the same list at once."""

from flask import render_template

from campaign.accounts.permissions import Action, requires
from campaign.staff.desk import blueprint

KEYS = (
    ("/", "to the search"),
    ("j", "to the next row of a list"),
    ("k", "to the row before"),
    ("Enter", "open the row"),
    ("e", "edit the case"),
    ("s", "save, or the one act of the page"),
    ("Esc", "out of a field, so that keys act again"),
    ("?", "all keys"),
)


@blueprint.get("/keys")
@requires(Action.OPEN_DESK)
def keys() -> str:
    """Show every key and what it does."""
    return render_template("staff/keys.html")


blueprint.add_app_template_global(KEYS, "desk_keys")  # type: ignore[arg-type]  # any value may be a global
