"""A person at the desk without a browser: clicks what stands on the page, and nothing else, and is counted.

A click is a link, a tick or a button. A page load is an answer that is shown, wherever it
was led on from. Typing, and ticking by keyboard, are not counted.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin

from tests.cast import Member


class Element(NamedTuple):
    """A link, a button or a control of a page, with the words in it and the form that it belongs to."""

    tag: str
    attributes: dict[str, str]
    words: list[str]
    form: dict[str, str]

    @property
    def text(self) -> str:
        """Return the words of it, blanks run together."""
        return " ".join("".join(self.words).split())


class Page(HTMLParser):
    """What can be clicked on a page, in order; `text` is all that it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.forms: dict[str, dict[str, str]] = {}
        self._form: dict[str, str] = {}
        self._open: list[Element] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = given
            self.forms[given.get("id", "")] = given
        if tag in {"a", "button", "input", "select", "textarea", "option"}:
            element = Element(tag, given, [], self._form)
            self.elements.append(element)
            if tag != "input":
                self._open.append(element)

    def handle_data(self, data: str) -> None:
        """Take words into whatever is open."""
        for element in self._open:
            element.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag == "form":
            self._form = {}
        if self._open and self._open[-1].tag == tag:
            self._open.pop()

    def form_of(self, element: Element) -> dict[str, str]:
        """Return the form of a control: the one that it names, else the one that it stands in."""
        return self.forms[element.attributes["form"]] if "form" in element.attributes else element.form

    def sent(self, button: Element) -> Iterator[tuple[str, str]]:
        """Yield what a browser sends where a button is pressed."""
        form, select = self.form_of(button), ""
        for one in self.elements:
            name, kind = one.attributes.get("name", ""), one.attributes.get("type", "")
            select = name if one.tag == "select" else select
            if one.tag == "option":
                if select and "selected" in one.attributes and self.form_of(one) is form:
                    yield select, one.attributes.get("value", "")
            elif one.tag != "a" and name and self.form_of(one) is form and (one.tag != "button" or one is button):
                if one.tag == "textarea":
                    yield name, "".join(one.words)
                elif one.tag != "select" and (kind not in {"checkbox", "radio"} or "checked" in one.attributes):
                    yield name, one.attributes.get("value", "")


class Clicker:
    """Somebody at the desk, who begins on its first page; `clicks` and `loads` are counted."""

    def __init__(self, client: Member) -> None:
        self.client, self.clicks, self.loads = client, 0, 0
        self.opens("/staff/")

    def opens(self, address: str) -> None:
        """Load a page, and whatever it leads on to."""
        self._shows(self.client.get(address, follow_redirects=True))

    def follows(self, words: str) -> None:
        """Click the first link of these words, or of a beginning of them."""
        link = self._first("a", words)
        self.clicks += 1
        self.opens(urljoin(self.address, link.attributes["href"]))

    def ticks(self, name: str, value: str = "") -> int:
        """Click every box or button of choice of a name (and value), one by one; return how many there were."""
        found = [one for one in self.page.elements if one.tag == "input" and one.attributes.get("name") == name]
        for one in found:
            if not value or one.attributes.get("value") == value:
                one.attributes["checked"] = ""
                self.clicks += 1
        return len(found)

    def ticks_all(self) -> int:
        """Click "Tick all on this page", which loads nothing where there is script; return how many it ticked."""
        self._first("a", "Tick all on this page")
        clicks, count = self.clicks, self.ticks("ref")
        self.clicks = clicks + 1
        return count

    def follows_row(self) -> None:
        """Click the first person of a list."""
        self.follows(
            next(one.text for one in self.page.elements if "/staff/cases/FXD-" in one.attributes.get("href", ""))
        )

    def presses(self, words: str) -> None:
        """Press the button of these words, or of a beginning of them."""
        button = self._first("button", words)
        form = self.page.form_of(button)
        address = urljoin(self.address, button.attributes.get("formaction") or form.get("action") or self.address)
        sent: dict[str, list[str]] = {}
        for name, value in self.page.sent(button):
            sent.setdefault(name, []).append(value)
        self.clicks += 1
        if form.get("method") == "post":
            self._shows(self.client.post(address, data=sent, follow_redirects=True))
        else:
            self._shows(self.client.get(address, query_string=sent, follow_redirects=True))

    def _first(self, tag: str, words: str) -> Element:
        found = [one for one in self.page.elements if one.tag == tag and one.text.startswith(words)]
        assert found, f"nothing to click that reads {words!r} on {self.address}"
        return found[0]

    def _shows(self, answer: object) -> None:
        assert answer.status_code == 200, (answer.request.path, answer.status_code, answer.text[-3000:])  # type: ignore[attr-defined]
        self.loads += 1
        self.text: str = answer.text  # type: ignore[attr-defined]
        self.address: str = answer.request.path  # type: ignore[attr-defined]
        self.page = Page(self.text)
