"""Kinds of place, and how finely a place may be named."""

from campaign.vocabulary.table import Vocabulary

FACILITY_TYPE = Vocabulary(
    "facility_type",
    "Kind of place",
    """
police_station              | Police station                        | 03050000
pretrial_centre             | Pre-trial detention centre            |
prison                      | Prison                                | 03060000 | a kind of place, never a sentence
internment_camp             | Internment camp                       | 09020000
labour_facility             | Labour facility                       |
military_base               | Military base                         | 03040000
intelligence_facility       | Premises of an intelligence service   | 09040000
secret_site                 | Secret place                          | 09050000
court                       | Court                                 | 03070000
hospital                    | Hospital                              |
psychiatric_institution     | Psychiatric institution               | 04070400
juvenile_institution        | Institution for juveniles             | 04070500
state_childrens_institution | State children's institution          |
home                        | Home                                  | 01010000
guarded_residence           | Guarded residence                     |          | surveillance at a designated place
border_or_airport           | Border or airport                     |
abroad                      | Abroad                                |
unknown                     | Not known                             |
""",
)

PRECISION = Vocabulary(
    "precision",
    "How finely a place is shown",
    """
exact      | Exact          | | facilities only, never a home
town       | Town
county     | County
prefecture | Prefecture
region     | Region
hidden     | Not shown
""",
)
