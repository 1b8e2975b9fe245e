"""Imports: how sheets become case files. A sheet is read, mapped, planned, and then written once.

A cell is kept as it was read; nothing is dropped in silence. What a cell does not say is not known. Nobody is ever
merged by what is found here.

    planning, steps          what each row comes to, what a person is asked and decides; nothing is written
    importing                the plan, written in one transaction, and the report
    targets, mapping         all that a column can mean; what those of a sheet (campaign.sheets) mean, and its map
    rows, draft              rows of one person as one, as a case file on its way
    cells                    a cell read by its meaning
    name_cells, place_cells  what the cells of names and places hold besides
    readings, row_keys       the rows that were read before, and what names a row again
    match_case, compare      a row whose number a case carries already; what a row changes of a case
    duplicate_rows           rows that may be somebody known
    facilities               a sheet of facilities
    models                   the tables
"""
