"""The targets: all that a column of a sheet can mean, in the order of the menu; one table, read by maps and readers.

`may_be_public` says whether the words of such a cell may ever leave, past gate and review. What a reader makes of a
cell whose target may not must stay at the desk: tests/imports/test_meaning_property.py holds every reader to it.
"""

from typing import Final, Literal, NamedTuple

Joined = Literal["", "each", " ", ", ", "; ", "\n\n"]


class Target(NamedTuple):
    """One thing that a column can mean.

    `joined` says what becomes of several columns of it: "" one column only; "each" every column stands by itself;
    otherwise their cells are joined, in the order of the map, with these characters between them.
    """

    code: str
    label: str
    group: str
    joined: Joined
    may_be_public: bool

    @property
    def may_be_several(self) -> bool:
        """Whether several columns may have it."""
        return self.joined != ""

    @property
    def may_be_joined(self) -> bool:
        """Whether several columns of it become one cell."""
        return self.joined not in {"", "each"}


# code | in the menu | several columns: -, each, or what stands between them | may words of it ever be public?
TABLE = """
= The list
id                 | Number in this list                       | -         | no
outside_id         | Number in another list                    | each      | no
tag                | Desk tag                                  | each      | no
= Names
name               | Name of the person                        | each      | yes
name_given         | Given name, a part of the name            | space     | yes
name_family        | Family name, a part of the name           | space     | yes
name_patronymic    | Patronymic or middle name, a part         | space     | yes
alias              | Another name of the person                | each      | yes
pseudonym          | Pen name or pseudonym                     | each      | yes
= The person
gender             | Gender                                    | -         | yes
birth              | Date or year of birth                     | -         | yes
birth_place        | Place of birth                            | comma     | yes
age                | Age                                       | -         | yes
age_on             | When that was the age                     | -         | yes
ethnicity          | Ethnicity                                 | comma     | yes
nationality        | Nationality                               | comma     | no
religion           | Religion                                  | comma     | no
occupation         | Occupation, in plain words                | comma     | yes
employer           | Employer                                  | comma     | yes
home_town          | Where the person is from, to the county   | comma     | yes
address            | Address, confidential                     | comma     | no
= Arrest and detention
arrest_date        | Date of arrest                            | -         | yes
arrest_place       | Place of arrest                           | comma     | yes
arrest_authority   | Who arrested: the body, never a person    | comma     | yes
last_contact_date  | Date of last contact                      | -         | yes
last_contact_place | Place of last contact                     | comma     | yes
held_place         | Held at                                   | comma     | yes
facility           | Which prison or camp                      | comma     | no
release_date       | Date of release                           | -         | yes
death_date         | Date of death                             | -         | yes
death_place        | Place of death                            | comma     | yes
= Situation
status             | Situation                                 | -         | yes
status_date        | When that was the situation               | -         | yes
status_source      | Who says so of the situation              | semicolon | no
= Reasons and law
reason_stated      | Reason that the authorities give          | semicolon | yes
reason_suspected   | Reason that we believe                    | semicolon | yes
activity           | What they did that we believe was why     | semicolon | yes
charge             | Charge                                    | each      | yes
article            | Law and article                           | each      | yes
sentence           | Sentence                                  | -         | yes
court              | Court                                     | -         | yes
hearing_date       | Date of the next hearing                  | -         | yes
= Texts
summary            | Text about the person                     | paragraph | yes
= Source of the row
source_title       | Source: title or publisher                | semicolon | yes
source_kind        | Source: what kind                         | -         | yes
source_url         | Source: address on the web                | each      | yes
source_date        | Source: date                              | -         | yes
source_person      | Source: a person, confidential            | each      | no
= Consent and risk
consent            | Consent: may it be published?             | each      | no
consent_scope      | Consent: to what                          | semicolon | no
consent_limits     | Consent: limits                           | semicolon | no
consent_giver      | Consent: who gave it                      | semicolon | no
risk               | Risk                                      | semicolon | no
= Other people and the rest
relative           | A relative, confidential                  | each      | no
note               | Confidential note                         | each      | no
ignore             | Leave it out                              | each      | no
"""
_BETWEEN: Final[dict[str, Joined]] = {
    "-": "", "each": "each", "space": " ", "comma": ", ", "semicolon": "; ", "paragraph": "\n\n",
}  # fmt: skip


def _read(table: str) -> dict[str, Target]:
    found: dict[str, Target] = {}
    group = ""
    for line in filter(None, table.splitlines()):
        if line.startswith("="):
            group = line.removeprefix("=").strip()
            continue
        code, label, several, public = (part.strip() for part in line.split("|"))
        found[code] = Target(code, label, group, _BETWEEN[several], public == "yes")
    return found


TARGETS: Final = _read(TABLE)
NAME_PARTS: Final = ("name_given", "name_patronymic", "name_family")
# A row is somebody by one of these; a pseudonym or an alias alone is nobody's name.
NAMES: Final = frozenset({"name", *NAME_PARTS})


def may_be_public(code: str) -> bool:
    """Whether the words of a cell of this target may ever leave."""
    return TARGETS[code].may_be_public
