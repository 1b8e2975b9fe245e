"""Intake: how sheets become case files, and who may be known already. It reads, proposes, plans, and then writes once.

A cell is kept as it was read; nothing is dropped in silence. Nobody is ever merged by what is found here.

    sheet, mapping, stating    a file as cells; what its columns mean; what the map states for all of it
    gathering, cells, building rows of one person as one; a cell read by its meaning; a row as a case file
    comparing, importing       what a row comes to; the plan written, and the report
    recognising, overlaying    a row whose number a case carries already; its file laid over the case's
    settling                   a cell that the sheet and staff both changed
    traits, evidence, naming   what of a person is compared; what speaks for and against; the names in words
    duplicates, likely         how likely two are one; who a case may be, for whoever may see it
    sieve, sifting, pairs      the same for every row of a sheet; the pairs that wait at the desk
    apart                      two cases that somebody decided are two people
"""
