"""Lists of words by which texts in many languages are searched, one file each: a language and its words in a line.

Words that say something only together are joined by a low line: passed_away.

How a text is searched for them is campaign.cases.wording.
"""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a list in all its languages, each once."""
    lines = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    told = [line.partition("\t")[2] for line in lines if not line.startswith("#")]
    return tuple(dict.fromkeys(word.replace("_", " ") for some in told for word in some.split()))
