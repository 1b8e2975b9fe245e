"""The encoding of a text file: UTF-8 and marked UTF-16 are read without a word, others only as far as is certain.

Certain is an encoding under which the first line holds a header that people write in its language, while no other
encoding that reads the file so gives another text. What is not certain is asked.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from campaign.sheets.workbook import Candidate, EncodingAsked, Unreadable

# Encoding, what a person calls it, words of headers in its languages, as regular expressions.
CYRILLIC = r"имя|фио|ф\.и\.о|фамилия|отчество|пол|дата|рожд|возраст|статус|аты|жөні|жынысы|туған"
WESTERN = r"género|ocupación|profesión|años|detención|région|prénom|métier|âge|né\b|détention|größe|straße"
KNOWN = (
    ("gb18030", "Chinese, simplified (GB18030)", "姓名|性别|民族|出生|年龄|籍贯|职业|编号|备注|日期|关押|状态"),
    ("big5", "Chinese, traditional (Big5)", "姓名|性別|民族|出生|年齡|籍貫|職業|編號|備註|日期|關押|狀態"),
    ("cp1251", "Cyrillic (Windows 1251)", CYRILLIC),
    ("kz1048", "Cyrillic, Kazakh (KZ-1048)", CYRILLIC),
    ("koi8-r", "Cyrillic (KOI8-R)", CYRILLIC),
    ("cp866", "Cyrillic (DOS 866)", CYRILLIC),
    ("cp1256", "Arabic, Persian, Uyghur (Windows 1256)", "الاسم|اسم|الجنس|العمر|تاريخ|نام|جنسیت|سن|ملاحظات|الحالة"),
    ("cp1252", "Western European (Windows 1252)", WESTERN),
    ("cp1254", "Turkish (Windows 1254)", "adı|soyadı|cinsiyet.|doğum|yaşı|gözalt|açıklama"),
    ("cp1250", "Central European (Windows 1250)", "jméno|příjmení|imię|płeć|narození|név|születés|věk"),
    ("shift_jis", "Japanese (Shift JIS)", "氏名|性別|年齢|生年月日|職業"),
    ("euc-kr", "Korean (EUC-KR)", "이름|성별|나이|생년월일|직업"),
    ("utf-16-le", "Unicode (UTF-16, little-endian)", ""),
    ("utf-16-be", "Unicode (UTF-16, big-endian)", ""),
)
LABELS = {encoding: label for encoding, label, _ in KNOWN}
# What --encoding takes: these alone, for a codec may do other things than decode text.
TAKEN = ("utf-8", "utf-16", "utf-32", "iso8859-1", "iso8859-9", "iso8859-15", "mac-roman", *LABELS)
SHOWN = 4  # candidates offered at most
SAMPLES = 5  # cells of each
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
SAMPLED_BYTES = 200_000
MIXED = 3  # letters of UTF-8 to each that is none, from which on a file is UTF-8 with faults
# Looked up now: a worker that may open no file any more can't load a codec.
CODECS = {codecs.lookup(name).name: name for name in (*TAKEN, "utf-8-sig", "latin-1", "gb2312")}
CELLS = re.compile(r'[,;\t|\r\n"]+')


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Return the text, the encoding it was read by, and what is to be told of that.

    Raises Unreadable where the text is not in the encoding that was stated, EncodingAsked where nobody can be certain.
    """
    if encoding:
        return _stated(content, encoding)
    for mark, marked in MARKS:
        if content.startswith(mark):
            return _strictly(content, marked), marked.removesuffix("-sig"), ()
    if b"\x00" not in content[:SAMPLED_BYTES]:
        try:
            return content.decode("utf-8"), "utf-8", ()
        except UnicodeDecodeError as error:
            _refuse_nearly_utf_8(content, error)
    return _without_a_mark(content)


def _stated(content: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        name = CODECS[codecs.lookup(encoding).name]
    except (LookupError, ValueError, OSError) as error:
        raise Unreadable(f"{encoding!r} is no encoding that is known here. Known are: {', '.join(TAKEN)}.") from error
    return _strictly(content, name).removeprefix("\ufeff"), name, ()


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The file is not {encoding} throughout: byte {error.start + 1:,} is none of its letters. Name another "
            "encoding, or save the list as CSV in UTF-8."
        ) from error


def _refuse_nearly_utf_8(content: bytes, error: UnicodeDecodeError) -> None:
    """Raise Unreadable, naming the line, for UTF-8 but for a few letters: lines of two files put together."""
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if sum(not letter.isascii() for letter in text) - wrong < MIXED * wrong:
        return
    line = content[: error.start].count(b"\n") + 1
    words = text.split("\n")[line - 1].strip()[:60]
    raise Unreadable(
        f"The file is UTF-8, but for letters in {wrong:,} {'place' if wrong == 1 else 'places'}, the first in line "
        f"{line} (“{words}”): lines of two files seem to be put together. Correct them, and save it as CSV in UTF-8."
    ) from error


def _without_a_mark(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    texts = dict(_texts(content))
    certain = [name for name, _, words in KNOWN if name in texts and _has_header(texts[name], words)]
    if certain and (text := _the_one_text(content, certain)):
        sample = "”, “".join(_samples(text)[:3])
        told = f"The file does not say its encoding; it was read as {LABELS[certain[0]]}: “{sample}”."
        return text, certain[0], (told,)
    ranked = sorted(texts, key=lambda name: (name not in certain, _oddity(texts[name])))
    if not ranked:
        raise Unreadable("The file is no text in an encoding that is known here. Save the list as CSV in UTF-8.")
    found: dict[str, Candidate] = {}
    for name in ranked:
        # Two that read all alike are one question.
        found.setdefault(texts[name], Candidate(name, LABELS[name], _samples(texts[name])))
    candidates = list(found.values())[:SHOWN]
    offered = "; ".join(f"{one.encoding}: “{', '.join(one.samples[:2])}”" for one in candidates)
    raise EncodingAsked(
        f"The file does not say how its letters are encoded. Say under which of these the names are right ({offered}), "
        "or save the list as CSV in UTF-8.",
        candidates,
    )


def _the_one_text(content: bytes, encodings: list[str]) -> str:
    """Return the text that all of some encodings read alike, "" where they differ or one can't read it to its end."""
    try:
        text = content.decode(encodings[0])
        return text if all(content.decode(other) == text for other in encodings[1:]) else ""
    except UnicodeDecodeError:
        return ""


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield each encoding under which the beginning of the file is text, and that text."""
    is_wide = b"\x00" in content[:SAMPLED_BYTES]
    if not is_wide:
        content = _telling_lines(content)
    for name, _, _ in KNOWN:
        if name.startswith("utf-16") != is_wide:
            continue
        try:
            start = content[:SAMPLED_BYTES]
            text = codecs.getincrementaldecoder(name)().decode(start, final=len(content) <= SAMPLED_BYTES)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", text):
            yield name, text


def _telling_lines(content: bytes) -> bytes:
    """Return the first line that holds something, and the lines with letters beyond ASCII: the others tell nothing."""
    lines = (line for line in content.splitlines(keepends=True) if line.strip())
    return b"".join(line for place, line in enumerate(lines) if not place or not line.isascii())


def _has_header(text: str, words: str) -> bool:
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    cells = [cell.strip().casefold() for cell in CELLS.split(first)]
    return bool(words) and any(not cell.isascii() and re.search(words, cell) for cell in cells)


def _samples(text: str) -> tuple[str, ...]:
    """Return the first cells that hold letters beyond ASCII."""
    cells = (cell.strip() for cell in CELLS.split(text))
    return tuple(dict.fromkeys(cell[:60] for cell in cells if cell and not cell.isascii()))[:SAMPLES]


def _oddity(text: str) -> float:
    """Return how unlike words the words of a text are, from 0: marks in them, scripts mixed, capitals in the middle."""
    words = [word for word in re.findall(r"[^\s,;|\"'().:/\-]+", text[:20_000]) if not word.isascii()]
    return sum(map(_oddity_of, words)) / len(words) if words else 1.0


def _oddity_of(word: str) -> float:
    letters = [letter for letter in word if letter.isalpha()]
    strange = sum(unicodedata.category(letter)[0] not in "LMN" for letter in word if not letter.isascii())
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    is_mixed = len(scripts - {"CJK", "HIRAGANA", "KATAKANA"} if "HIRAGANA" in scripts else scripts) > 1
    breaks = sum(one.islower() and other.isupper() for one, other in pairwise(word))
    is_rare = sum("CJK" in unicodedata.name(letter, "") and not _is_common(letter) for letter in letters)
    # Western letters beyond ASCII are few in a word; where all are, it is another alphabet read by them.
    foreign = [letter for letter in letters if not letter.isascii()]
    is_dense = "LATIN" in scripts and len(foreign) > max(1, len(letters) / 2)
    return (2 * strange + breaks + 2 * is_rare) / len(word) + is_mixed + is_dense


def _is_common(letter: str) -> bool:
    """Tell whether a Chinese character is among the 3,755 first of GB2312."""
    try:
        return 0xB0 <= letter.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
