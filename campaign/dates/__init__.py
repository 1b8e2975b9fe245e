"""Partial dates: what is known of a day, two bounds to sort by, and the words as written.

One rule: a day, a month or a year that nobody wrote is never made up. What can't be read is kept
as words, and what can be read in two ways is widened until both readings lie inside.

    edtf       the strict notation, the bounds it gives, and parts of years and decades
    lexicon    the words that people write in dates, as data
    parse      what people write, in English, Russian and Chinese, into that notation
    phrases    the notation into words for the public
    ages       order, precision and years; the time between two dates in words; ages
"""
