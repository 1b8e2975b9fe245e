"""Vocabularies of persons (names, gender, work, relatives, languages) and of the campaign's own work.

Of scripts (ISO 15924) and languages (BCP 47) the tables hold those that the campaign writes most, offered first; every
other that CLDR has a name for may be stored too.
"""

from campaign.languages import SOURCE
from campaign.vocabulary.table import Vocabulary

# Kept for issue 8 (what the campaign says), statements and appeals.
DRAFTING_STATE = Vocabulary(
    "drafting_state",
    "State of the draft",
    """
draft         | Draft
in_review     | In review
changes_asked | Changes asked for
approved      | Approved           | | editing makes it a draft again
""",
)

TRANSLATION_STATE = Vocabulary(
    "translation_state",
    "State of the translation",
    """
machine_draft | Machine draft                        | | never leaves
unread        | Not yet read by a second reader      | | leaves with that mark
reviewed      | Read by a second reader
out_of_date   | Out of date                          | | withheld when older than a fix of safety or of an error
""",
)

VERSION_KIND = Vocabulary(
    "version_kind",
    "Kind of version",
    """
first      | First publication
update     | Update
correction | Correction        | | with a public note
narrowing  | Narrowing         | | only takes away
""",
)

# Kept for issue 8 (what the campaign says), appeals.
APPEAL_KIND = Vocabulary(
    "appeal_kind",
    "Kind of appeal",
    """
letter_to_authority | Letter to an authority
letter_to_prisoner  | Letter to the prisoner
petition            | Petition
urgent_action       | Urgent action
embassy             | Embassy
phone               | Telephone
social_post         | Public post
vigil               | Vigil
un_communication    | Communication to the United Nations
""",
)

IMPACT = Vocabulary(
    "impact",
    "What came of it",
    """
none_yet         | Nothing yet
contact_allowed  | Contact allowed
moved            | Moved
improved         | Conditions improved
charge_dropped   | Charge dropped
sentence_reduced | Sentence reduced
released         | Released
unclear          | Unclear
""",
)

NAME_KIND = Vocabulary(
    "name_kind",
    "Kind of name",
    """
full          | Full name
alias         | Also known as
birth         | Name at birth
married       | Married name
pen           | Pen name
religious     | Religious name
official      | Name in official papers     | | as the authorities write it
nickname      | Nickname
misspelling   | Found misspelt as           | | for search; shown only in the list of names
""",
)

GENDER = Vocabulary(
    "gender",
    "Gender",
    """
female     | Female
male       | Male
another    | Another gender     | | never without that person's own free consent
not_stated | Not stated         | | the default: never guessed from a name
""",
)

ETHNICITY = Vocabulary(
    "ethnicity",
    "Ethnicity",
    """
uyghur  | Uyghur    | | several may be given; own words are kept beside
kazakh  | Kazakh
kyrgyz  | Kyrgyz
uzbek   | Uzbek
tatar   | Tatar
tajik   | Tajik
hui     | Hui
mongol  | Mongol
xibe    | Xibe
tibetan | Tibetan
han     | Han
other   | Other
unknown | Not known
""",
)

# Plain groups for filters and counts. The idea of such groups, not the list, is the Iran Prison Atlas's.
OCCUPATION_GROUP = Vocabulary(
    "occupation_group",
    "Field of work",
    """
education      | Teaching and research             | | schools and universities
student        | Studying
religion       | Religion                          | | imams, scholars of religion
arts           | Arts and letters                  | | writers, musicians, publishers, booksellers
media          | Press, radio, television
law            | Law
health         | Medicine and care                 | | doctors, nurses, pharmacists
business       | Business and trade                | | owners, traders, investors
technology     | Engineering and technology
public_service | Government and public offices
farming        | Farming and herding
crafts         | Crafts and building               | | bakers, tailors, builders
services       | Services and transport            | | drivers, guides, clerks, shop staff
home           | Work at home                      | | housewives, carers
activism       | Rights and community work
sport          | Sport
retired        | Retired
other          | Other
unknown        | Not known
""",
)

CAMPAIGN_GROUP = Vocabulary(
    "campaign_group",
    "Campaign group",
    """
academics        | Academics
students         | Students
writers_artists  | Writers and artists
journalists      | Journalists
religious        | People of religion
medical          | Doctors and nurses
lawyers          | Lawyers
entrepreneurs    | Entrepreneurs
public_officials | Public officials
women            | Women
families         | Several of one family
older_people     | Older people                 | | 60 or more at detention
in_ill_health    | In ill health                | | needs the consent for health
returned         | Taken after a return from abroad
kin_abroad       | With close family abroad
""",
)

# Groups of which a page may tell and from which no list, filter or search leads to a person.
OF_HEALTH = frozenset({"in_ill_health"})

RELATION = Vocabulary(
    "relation",
    "Relation",
    """
spouse       | Spouse
parent       | Parent
child        | Child
sibling      | Sister or brother
grandparent  | Grandparent
grandchild   | Grandchild
aunt_uncle   | Aunt or uncle
niece_nephew | Niece or nephew
cousin       | Cousin
in_law       | Relative by marriage
partner      | Partner
other        | Other
""",
)

CIVIL_STATUS = Vocabulary(
    "civil_status",
    "Civil status",
    """
single   | Single
married  | Married
divorced | Divorced
widowed  | Widowed
unknown  | Not known
""",
)

SCRIPT = Vocabulary(
    "script",
    "Script",
    """
Latn | Latin      | | codes of ISO 15924
Arab | Arabic
Cyrl | Cyrillic
Hani | Chinese
Tibt | Tibetan
Mong | Mongolian
Zyyy | Several or other
""",
    further=SOURCE.locale.scripts,
)

LANGUAGE = Vocabulary(
    "language",
    "Language",
    """
en  | English      | | tags of BCP 47
ug  | Uyghur
kk  | Kazakh
ky  | Kyrgyz
uz  | Uzbek
tt  | Tatar
zh  | Chinese
bo  | Tibetan
mn  | Mongolian
ru  | Russian
tr  | Turkish
ar  | Arabic
fa  | Persian
de  | German
fr  | French
es  | Spanish
ja  | Japanese
und | Not known
""",
    further={code: label for code, label in SOURCE.locale.languages.items() if "_" not in code},
)
