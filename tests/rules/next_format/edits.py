"""A plugin of pytest: `campaign` is imported as its sources would read after the next change of both documents.

The public document gains `education`. The case file gains it too, calls `health_urgency` `health_priority`, and loses
`religion`. An edit is found by its words, in whichever module they stand.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType

EDITS = {
    # campaign/ledger/documents.py
    'tag="profile/2"': 'tag="profile/3"',
    "    employer: str\n": "    employer: str\n    education: str\n",
    "PROFILES = Formats(Profile, _profile_2)\n": (
        "PROFILES = Formats(Profile, _profile_2, lambda fields: {**fields, 'education': ''})\n"
    ),
    "Profile.employer | Who": "Profile.education | What they learned. | text | case\nProfile.employer | Who",
    'SCHEMAS = Path(__file__).parent / "schemas"': "SCHEMAS = Path(__import__('os').environ['NEXT_SCHEMAS'])",
    # what leaves, by which consent, and where it is shown
    '        employer=_grown_up("employer"': '        education=file.education,\n        employer=_grown_up("employer"',
    '"occupation_group", "employer", "status"': '"occupation_group", "employer", "education", "status"',
    '        (gettext("Employer"), document.employer, "employer"),\n': (
        '        (gettext("Employer"), document.employer, "employer"),\n'
        '        (gettext("Education"), document.education, "education"),\n'
    ),
    # campaign/cases/file.py
    'FORMAT = "case/2"': 'FORMAT = "case/3"',
    'FILES = Formats(CaseFile, file_upgrades.case_2, unmarked="case/1")\n': (
        "def _case_3(fields):\n"
        "    kept = {name: value for name, value in fields.items() if name not in {'religion', 'health_urgency'}}\n"
        "    return {**kept, 'health_priority': fields['health_urgency'], 'education': ''}\n\n\n"
        'FILES = Formats(CaseFile, file_upgrades.case_2, _case_3, unmarked="case/1")\n'
    ),
    '    employer: Annotated[str, p("Employer")] = ""\n': (
        '    employer: Annotated[str, p("Employer")] = ""\n    education: Annotated[str, p("Education")] = ""\n'
    ),
    '    religion: Annotated[str, s("Religion")] = ""\n': "",
    '    health_urgency: Annotated[str, c("Urgency")] = ""\n': (
        '    health_priority: Annotated[str, c("Urgency")] = ""\n'
    ),
    # the form
    '"nationalities", "religion", ': '"nationalities", ',
    '"health_urgency"': '"health_priority"',
    '"occupation_group", "employer")': '"occupation_group", "employer", "education")',
}
made: set[str] = set()


def edited(source: str) -> str:
    """Return a source with every edit made whose words stand in it."""
    for before, after in EDITS.items():
        if before in source:
            made.add(before)
            source = source.replace(before, after)
    return source


class Edited(SourceFileLoader):
    """A loader that compiles the edited source, and takes the kept bytecode where there is nothing to edit."""

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of a module."""
        source = self.get_source(fullname) or ""
        after = edited(source)
        return super().get_code(fullname) if after == source else self.source_to_code(after.encode(), self.path)


class Finder(MetaPathFinder):
    """Finds the modules of `campaign` where they are, to be loaded as edited."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        """Return where a module is."""
        if not name.startswith("campaign"):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Edited(spec.loader.name, spec.loader.path)
        return spec


assert not any(name.startswith("campaign") for name in sys.modules), "something was imported as it is"
sys.meta_path.insert(0, Finder())
