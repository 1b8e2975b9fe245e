"""Partial dates: what is known of a day, two bounds to sort by, and the words as written.

One rule: a day, a month or a year that nobody wrote is never made up. What can't be read is kept as words, and so is
what is open to two readings, unless one unit or one span holds both.

    edtf        the strict notation, the bounds it gives, and parts of years and decades
    lexicon     the words that people write in dates, in eleven languages, as data
    openings    the words around a date: about, perhaps, before, after, since, between, as data
    shapes      what people write in one shape, Chinese turned into words
    single      one date, in numbers or in words
    parse       what people write into the notation
    columns     a column of dates: what to ask of it, a reader that takes the answer, what is no date
    calendars   dates of other calendars and spreadsheets' numbers of days, converted when a person says so
    phrases     the notation into words for the public
    reckoning   order, precision and years; the time between two dates in words
    terms       when a term of imprisonment ends, by its beginning and its length
    ages        ages as people write them, and reckoned from a birth
    age_words   the words of ages, in the same languages, as data
    number_words  numbers in words, as data
"""
