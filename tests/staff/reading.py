"""Reads a page's edit form as a browser would send it, and what of a page says something."""

import re
from html.parser import HTMLParser

OF_THE_MOMENT = re.compile(r'name="(csrf_token|ticket)" value="[^"]*"|data-(ends|now)="\d+"')


def without_moment(page: str) -> str:
    """Return a page without what is another at each reading: tokens, tickets, the clock."""
    return OF_THE_MOMENT.sub("", page)


class FormReader(HTMLParser):
    """Collects the names and values of the controls inside a form of a class; `fields` is what would be sent."""

    def __init__(self, kind: str = "edit") -> None:
        super().__init__()
        self._kind, self._is_multiple = kind, False
        self.fields: dict[str, object] = {}
        self._inside = False
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a control."""
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._inside = self._kind in (given.get("class") or "").split()
        if not self._inside:
            return
        if tag == "select":
            self._select, self._is_multiple = name, "multiple" in given
        elif tag == "option" and self._select:
            self._option(given, value)
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        elif tag == "input" and name:
            self._input(given, name, value)

    def _option(self, given: dict[str, str | None], value: str) -> None:
        if self._is_multiple:
            if "selected" in given:
                chosen = self.fields.setdefault(self._select, [])
                assert isinstance(chosen, list)
                chosen.append(value)
        elif "selected" in given or self._select not in self.fields:
            self.fields[self._select] = value

    def _input(self, given: dict[str, str | None], name: str, value: str) -> None:
        if given.get("type") == "radio":
            if "checked" in given:
                self.fields[name] = value
        elif given.get("type") == "checkbox":
            if "checked" in given:
                ticked = self.fields.setdefault(name, [])
                assert isinstance(ticked, list)
                ticked.append(value)
        else:
            self.fields[name] = value

    def handle_data(self, data: str) -> None:
        """Take the words of a textarea."""
        if self._textarea:
            self.fields[self._textarea] = str(self.fields[self._textarea]) + data

    def handle_endtag(self, tag: str) -> None:
        """Leave a control or the form."""
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            # A browser leaves out the line end right after the tag.
            self.fields[self._textarea] = str(self.fields[self._textarea]).removeprefix("\r\n").removeprefix("\n")
            self._textarea = ""
        if tag == "form":
            self._inside = False
