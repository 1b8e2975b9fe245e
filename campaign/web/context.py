"""What every view and template has at hand: the settings, the keys, the address of a static file."""

import hashlib
from functools import cache
from pathlib import Path
from typing import cast

from flask import Flask, current_app, request, url_for

from campaign.keys import Keyring
from campaign.settings import Settings

STATIC_FOLDER = Path(__file__).parent.parent / "static"
# The faces that we serve, by the names of their files; `make fonts` writes them and their rules in fonts.css.
FONTS = {path.name: path for path in sorted((STATIC_FOLDER / "fonts").glob("*.woff2"))}


def settings() -> Settings:
    """Return the settings of this process."""
    return cast(Settings, current_app.extensions["settings"])


def keyring() -> Keyring:
    """Return the keys of the confidential side."""
    return cast(Keyring, current_app.extensions["keyring"])


def static_address(name: str) -> str:
    """Return the address of a static file; it changes with the file's content, so that no old style stays."""
    return _address_below(request.script_root, name)


def font_address(cut: str) -> str:
    """Return the address of a face, as fonts.css has it, by the name of its cut, such as "archivo-latin"."""
    return next(f"/fonts/{name}" for name in FONTS if name.partition(".")[0] == cut)


@cache
def _address_below(_root: str, name: str) -> str:
    # Seven files a page, the same addresses each time: put together once for each place where the site is mounted.
    return url_for("static", name=name, v=_fingerprint(name))


def _fingerprint(name: str) -> str:
    path = STATIC_FOLDER / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"


def install(app: Flask) -> None:
    """Give templates `campaign` (the settings), `static(name)` and `font(cut)`."""
    app.jinja_env.globals["static"] = static_address
    app.jinja_env.globals["font"] = font_address
    app.jinja_env.globals["campaign"] = app.extensions["settings"]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
