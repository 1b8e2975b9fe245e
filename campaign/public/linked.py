"""What machines read of a person's page: schema.org Person and the card that others show when the address is shared.

One rule: nothing that the page does not say, and no charge by the state.
"""

from typing import Any

from campaign.languages import current
from campaign.ledger.documents import Profile
from campaign.public.people import Person, ShownName
from campaign.public.wording import plain

# A spelling may be told as one or as either way of writing Chinese.
SAME = {script: {"Hani", "Hans", "Hant"} for script in ("Hans", "Hant")}


def called(shown: Person) -> ShownName:
    """Return the form of the name that a reader of this page's language can read."""
    script = current().script
    if script != "Latn":
        own = next(
            (name for name in (shown.first, shown.second) if name and name.script in SAME.get(script, {script})), None
        )
        if own:
            return own
    return shown.second or shown.first


def linked_data(document: Profile, shown: Person, *, address: str) -> dict[str, Any]:
    """Return the schema.org Person of a profile: only what the page itself says."""
    name = called(shown).text
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{address}/profiles/{document.ref}",
        "identifier": document.ref,
        "name": plain(name),
        "alternateName": [plain(other.text) for other in document.names if other.text != name],
        "url": f"{address}{current().prefix}/profiles/{document.slug}",
        "description": plain(shown.status),
    }
    if document.occupation:
        data["jobTitle"] = plain(document.occupation)
    if shown.portrait:
        data["image"] = [f"{address}/media/{shown.portrait['page'].digest}"]
    return data


def in_print(address: str) -> str:
    """Return an address as it is written out on paper: without the part that a browser adds by itself."""
    return address.removeprefix("https://").removeprefix("http://")
