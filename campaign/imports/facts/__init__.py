"""Facts of a row: one reader for each target of a column that lists carry, in the languages of the field.

readers                          which reader a target has
names_of_row, person, family     who somebody is; relatives, who never become names of the person
detention, places, law, terms    arrest, release, death; held at, facility; charge, court, sentence
situation, sources, consent      what a row states by itself: it outweighs what the map states for the whole sheet
comments                         what stands beside the cells: comments and links
own, words                       what a row has stated so far; the tables of words
"""
