"""An invented campaign, to look at and to try things on: nobody in it exists.

people/    the people, one case file each, as data somebody can read and edit
portraits/ their pictures: drawings
reading    that data as case files, cited
picturing  the portraits, through the same path as every other picture
seeding    accounts and cases, through the desk's own workflow and the one door
schedule   a past for all of it, so that it looks lived in
home       a home that says from its first byte that it is a demonstration
doorway    sign-in links for loopback, in a demonstration only
"""
