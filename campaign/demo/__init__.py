"""An invented campaign, to look at and to try things on: nobody in it exists.

people/    the people, as data somebody can read and edit
reading    that data, as typed rows
filing     a row as a case file: events, sources, citations, consent
picturing  drawn portraits, through the same path as every other picture
seeding    accounts and cases, through the desk's own workflow and the one door
schedule   a past for all of it, so that it looks lived in
home       a home that says from its first byte that it is a demonstration
doorway    sign-in links for loopback, in a demonstration only
"""
