"""One person under every spelling: names romanised, keyed, aligned and scored, in every script this field writes.

Imports nothing of the campaign. What is known of languages is in tables/, as data with sources. Libraries that cost
memory are imported when a script first needs them. Every function answers for every string, in bounded time.
Two stages: `keys` and `query_keys` find candidates in any store; `score` aligns the few, `why` says it in words.
"""
