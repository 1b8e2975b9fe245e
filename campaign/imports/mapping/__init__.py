"""Mapping: what the columns of a sheet mean, proposed, edited by a person, and kept as a file.

maps            the map itself, and columns split and joined by it
headers         what a whole header says, in the languages of the field (meanings.toml, words/)
further         sheets beside the list, whose rows belong to its people
looks           what cells look like
proposing       header and cells as a map; names joins what is one fact
map_file        a map read from TOML, every slip refused; map_text writes it
stated          what a map states for the whole sheet
"""

from campaign.imports.mapping import further
from campaign.imports.mapping.map_file import decisions, file_stated, parsed
from campaign.imports.mapping.map_text import written
from campaign.imports.mapping.maps import BadMap, Map, Split, arranged
from campaign.imports.mapping.proposing import propose, require_name
from campaign.imports.mapping.stated import STATUS_FIELDS, offered, row_of, status_of

__all__ = [
    "STATUS_FIELDS",
    "BadMap",
    "Map",
    "Split",
    "arranged",
    "decisions",
    "file_stated",
    "further",
    "offered",
    "parsed",
    "propose",
    "require_name",
    "row_of",
    "status_of",
    "written",
]
