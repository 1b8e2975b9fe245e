"""Partial dates: what is known of a day, two bounds to sort by, and the words as written.

One rule: a day, a month or a year that nobody wrote is never made up. What can't be read is kept
as words, and what can be read in two ways is widened until both readings lie inside.

    edtf       the strict notation, and the bounds it gives
    reading    what people write, in English, Russian and Chinese, into that notation
    phrases    the notation into words for the public
    reckoning  order, precision, years
    distance   the time between two dates in words, for the silences in a life
    ages       ages as written, and ages reckoned from a birth
"""
