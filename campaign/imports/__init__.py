"""Imports: how sheets become case files. A sheet is brought, mapped, planned, looked at and written.

A cell is kept as it was read; nothing is dropped in silence. What a cell does not say is not known. Nobody is ever
merged by what is found here.

    planning, steps          what each row comes to, what a person is asked and decides; nothing is written
    record, uploads          an import from the file that is brought to its end; the file, sealed, and who opens it
    plans, looks, report     what each row would do, for the page; what waits to be looked at; what is told afterwards
    maps                     maps kept under a name
    importing                steps of a plan, written (publishing.import_jobs does it, outside requests), and counted
    targets, mapping         all that a column can mean; what those of a sheet (campaign.sheets) mean, and its map
    rows, draft              rows of one person as one, as a case file on its way
    further_rows             rows of further sheets, beside the cells of the people that they belong to
    cells                    a cell read by its meaning
    set_aside, columns_read  what reading the sheet told, at its rows; how each column was read
    name_cells, place_cells  what the cells of names and places hold besides
    readings, row_keys       the rows that were read before, and what names a row again
    match_case, compare      a row whose number a case carries already; what a row changes of a case
    duplicate_rows           rows that may be somebody known
    facilities               a sheet of facilities
    models                   the tables
"""
