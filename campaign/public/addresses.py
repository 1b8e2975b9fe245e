"""Addresses that a page has by the dozen: what stands around the value is asked of Flask once, not for each of them.

Written in full each time, the addresses of a list take as long as all else in it.
"""

from functools import cache
from typing import Any
from urllib.parse import quote

from flask import request, url_for

from campaign import languages
from campaign.public import blueprint

PLACE = "0"  # what no fixed part of these addresses has


@blueprint.app_template_global()
def profile_at(slug: str) -> str:
    """Return the address of a person's page."""
    return _around(request.script_root, "public.profile", "slug", slug)


@blueprint.app_template_global()
def cloth_at(ref: str) -> str:
    """Return the address of the cloth that stands for a face."""
    return _around(request.script_root, "public.cloth", "ref", ref)


@blueprint.app_template_global()
def picture_at(digest: str) -> str:
    """Return the address of a copy of a picture."""
    return _around(request.script_root, "public.picture", "digest", digest)


def _around(root: str, endpoint: str, name: str, value: str) -> str:
    before, after = _parts(root, languages.current().code, endpoint, name)
    return f"{before}{quote(value)}{after}"


@cache
def _parts(root: str, _language: str, endpoint: str, name: str) -> tuple[str, str]:
    # Flask adds the language that the page is in.
    values: dict[str, Any] = {name: PLACE}
    path = url_for(endpoint, **values).removeprefix(root)
    before, _, after = path.partition(PLACE)
    return f"{root}{before}", after
