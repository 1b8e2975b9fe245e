"""One person under every spelling: names romanised, keyed, aligned and scored, in every script this field writes.

Imports nothing of the campaign. What is known of languages is in tables/, as data with sources. Libraries that cost
memory are imported when a script first needs them. Every function answers for every string, in bounded time.
Two stages: `keys` and `query_keys` find candidates in any store; `score` aligns the few, `why` says it in words.
"""

from campaign.names.lookup import keys, query_keys, weighed
from campaign.names.matching import Match, Pair, promise, score
from campaign.names.quoting import quoted
from campaign.names.reading import Name, NameForms, forms
from campaign.names.romanising import fold, romanise, slug_tail
from campaign.names.scripts import first_letter, script_of
from campaign.names.telling import Reason, why, words_of

__all__ = [
    "Match",
    "Name",
    "NameForms",
    "Pair",
    "Reason",
    "first_letter",
    "fold",
    "forms",
    "keys",
    "promise",
    "query_keys",
    "quoted",
    "romanise",
    "score",
    "script_of",
    "slug_tail",
    "weighed",
    "why",
    "words_of",
]
