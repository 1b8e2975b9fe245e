"""The public edge: the site that the world reads. A reader of the ledger; it can name no case, no account.

No script, no cookie, no third-party request. Every page is whole without any of them.
"""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from campaign.public import addresses, assets, feeds, languages, lists, pages, profiles, search  # noqa: E402 - views join it

__all__ = ["addresses", "assets", "blueprint", "feeds", "languages", "lists", "pages", "profiles", "search"]
