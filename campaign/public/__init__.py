"""The public edge: the site that the world reads. A reader of the ledger; it can name no case, no account.

No script, no cookie, no third-party request. Every page is whole without any of them. A page is opened by `page`, in
each language of the campaign; what is no page (pictures, what machines read) by the blueprint itself.
"""

from functools import partial

from flask import Blueprint

from campaign.web import languages as addressed

blueprint = Blueprint("public", __name__)
addressed.keep_language(blueprint)
page = partial(addressed.page, blueprint)

from campaign.public import facts, feeds, lists, pages, profiles, search  # noqa: E402 - views join it

__all__ = ["blueprint", "facts", "feeds", "lists", "page", "pages", "profiles", "search"]
