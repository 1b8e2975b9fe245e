"""What a page is looked at for by whoever walks: what it asks for, breaks and cuts off, and whom it shuts out."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

WIDTHS = (390, 1280)
# What a heading, a picture or a frame may not do: stand out over the edge of the window.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# What the console says of signing out, which asks the browser to forget.
FORGETTING = "Clear-Site-Data header on"


@dataclass
class Heard:
    """What a tab asked for and said since somebody began to listen."""

    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def listen(page: Page) -> Heard:
    """Write down every request, every line of the console and every answer that failed."""
    heard = Heard()
    page.on("request", lambda request: heard.asked.append(request.url))
    page.on("console", lambda line: heard.said.append(line.text))
    page.on("pageerror", lambda error: heard.said.append(str(error)))
    page.on("response", lambda answer: heard.failed.append(answer.url) if answer.status >= 400 else None)
    return heard


def faults(page: Page, heard: Heard, site: str, answer: Response) -> list[str]:
    """Return what is wrong with the page that is open: strangers asked, rules broken, pieces missing or cut off."""
    found = [f"asked {url}" for url in heard.asked if not url.startswith((f"{site}/", "data:"))]
    found += [f"failed {url}" for url in heard.failed if url != answer.url]
    expected = (f"status of {answer.status}", FORGETTING)
    found += [f"said {line}" for line in heard.said if not any(words in line for words in expected)]
    found += [f"{count} h1" for count in [page.locator("h1").count()] if count != 1]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{over} px too wide at {width}" for over in [page.evaluate(SIDEWAYS)] if over > 0]
    return found


def barriers(page: Page) -> list[tuple[int, str, list[str]]]:
    """Return what the examiner finds at each width: the rule that is broken, and where. No policy keeps it out.

    Colours do not change with the width and take longest: they are looked at once.
    """
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        colours = {"color-contrast": {"enabled": width == WIDTHS[0]}}
        broken = Axe().run(page, options={"resultTypes": ["violations"], "rules": colours}).response["violations"]
        found += [(width, rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in broken]
    return found
