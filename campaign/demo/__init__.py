"""The demonstration: an invented campaign, to look at and to try things on. Nobody in it exists.

people/    the people, one case file each, as data somebody can read and edit
portraits/ their pictures: drawings
reading    that data as case files, cited, with the portraits
seeding    cases and their past, through the desk's own workflow and the one door, so that it looks lived in
home       an account for each role; a home that says from its first byte that it is a demonstration
"""
