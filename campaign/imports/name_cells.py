"""Parsers of cells that name the person: a name, and what lists write into such cells besides.

Nobody becomes a person of a placeholder or a footer; what stands beside a name leaves it and is told, and nothing that
it says is acted on; the name of somebody else is never public.
"""

import unicodedata

from campaign.cases.file import Name
from campaign.cases.wording import says
from campaign.imports.draft import Draft
from campaign.imports.other_names import SeveralNames, names_in
from campaign.names.beside import Word, split_name, tells_only
from campaign.names.persons import is_damaged, may_be_two, persons_in, whose
from campaign.names.placeholders import is_footer, is_nobody
from campaign.names.scripts import script_of

# Answers of `script_of` for letters of no script, and of one that it does not know: the script stays unstated.
NOT_STATED = frozenset({"Zyyy", "Zzzz"})
MAY_BE_TWO = "These may be two persons, or one under two names. It is kept as one."
TOLD = {
    "news": "“{}” stands beside the name and may be news of this person. It is left out of the name and nothing is "
    "made of it: enter it in the case. The cell is kept as a note.",
    "remark": "“{}” stands beside the name and is left out of it. The cell is kept as a note.",
    "relative": "“{}” stands beside the name and names somebody else. It is left out; the cell is kept as a note.",
    "title": "“{}” is left out of the name.",
    "mark": "“{}” is left out of the name; it may point to a footnote.",
}


def name(draft: Draft, column: str, value: str) -> None:
    """Read a name of the person, in one script or several."""
    found = own_names(draft, column, value)
    if found is None:
        return
    add_name(draft, column, found.name)
    for spelling in found.spellings:
        add_name(draft, column, spelling, is_further=True)
    for other in found.others:
        add_name(draft, column, other, "alias", is_further=True)
        draft.warn(column, value, f"“{other}” is read as another name of the same person.")
    if found.may_be_two and not may_be_two(found.name):
        draft.warn(column, found.name, MAY_BE_TWO)


def own_names(draft: Draft, column: str, value: str) -> SeveralNames | None:
    """Return the names in a cell without what stands beside them, all of it told; None where it names no one person."""
    if is_footer(value):
        draft.warn(column, value, "This is a line about the list and no person. If it is news of somebody, enter it "
                                  "in their case.")  # fmt: skip
        return None
    if is_nobody(value) or tells_only(value):
        draft.warn(column, value, "This names nobody: no name is taken from it.")
        return None
    split = split_name(value)
    found = names_in(split.name)
    persons = persons_in(found.name)
    if len(persons) > 1:
        names = " and ".join(f"“{person}”" for person in persons)
        draft.warn(column, value, f"This cell names several persons, {names}. Give each a row of their own.")
        return None
    _tell(draft, column, value, split.words)
    return found


def _tell(draft: Draft, column: str, value: str, words: tuple[Word, ...]) -> None:
    for word in words:
        draft.warn(column, value, TOLD[word.kind].format(word.text))
        if word.kind == "remark" and says(word.text, "minors"):
            draft.mark_minor(column, value)
    if any(word.kind in {"news", "remark", "relative"} for word in words):
        draft.keep(column, value)


def add_name(draft: Draft, column: str, text: str, kind: str = "full", *, is_further: bool = False) -> None:
    """Add one name to the draft's file, its script by its letters, and tell what is doubtful about it.

    `is_further` says that its cell has another one before it.
    """
    script = script_of(text)
    row = Name(
        id=draft.id_for(f"name {column} {text}" if is_further else f"name {column}"),
        text=text,
        kind=kind,
        is_preferred=not draft.file.names,
    )
    row.script = "" if script in NOT_STATED else script
    draft.file.names.append(row)
    draft.fill(f"names/{row.id}")
    other = whose(text)
    if other:
        row.is_public = False
        draft.warn(column, text, "This names the person by a relative. It stays at the desk: no name of somebody else "
                                 "may be public. Write the person's own name in the case.")  # fmt: skip
        if other.is_child:
            draft.mark_minor(column, text)
    if may_be_two(text):
        draft.warn(column, text, MAY_BE_TWO)
    if is_damaged(text):
        draft.warn(column, text, "Letters of this name stand in an order that no word has, as a copy from a PDF has "
                                 "them. Correct it in the case.")  # fmt: skip
    if any("GREEK" in letter or "CYRILLIC" in letter for letter in _foreign_letters(text, script)):
        draft.warn(column, text, "The name mixes letters of two scripts; one may be a slip of the keyboard.")


def _foreign_letters(value: str, script: str) -> list[str]:
    blocks = [unicodedata.name(letter, "") for letter in value if letter.isalpha()]
    return [name for name in blocks if script == "Latn" and not name.startswith("LATIN")]
