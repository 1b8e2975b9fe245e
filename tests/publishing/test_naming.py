"""Names found in texts whatever their length, script and spelling, and not in ordinary words or own names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.cases.file import Image, Name, Relative, Text
from campaign.publishing.gate.checklist import stopping
from campaign.publishing.gate.known_names import Known
from campaign.publishing.gate.name_needles import own_of, score_of, wanted_of
from campaign.publishing.gate.name_search import found_in
from tests.publishing.builders import a_file, a_question, image

OWN = own_of(["Tursunay Sadirova"])
PROSE = (
    "She taught for twenty years in a village school. In April 2017 the police came at night and took her. Nobody in "
    "the county would say where. Amnesty wrote to the embassy. Neither letters nor calls were answered. "
    "On Monday her students asked again. Kashgar, Urumqi, Ghulja and Kucha are far away. A teacher, she said no."
)
CHINESE = (
    "她于二〇一七年四月在喀什地区被带走，此后家人再也没有得到任何消息。当局没有说明理由，也没有告知关押地点。"
    "她是一名中学教师，教数学二十年。邻居说那天夜里来了三辆车，把她从家里带走。那里很美丽。"
)
RUSSIAN = "Он сказал, что её увезли ночью. А потом никто не отвечал. И в школе молчали. О ней ничего не известно."


def found(name: str, text: str, *, is_minor: bool = False) -> set[str]:
    wanted = wanted_of(Known(name, is_minor=is_minor), OWN)
    return set(found_in(text, [wanted], OWN)) if wanted else set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Айгуль", "Her sister Aygul was asked about her."),
        ("Aygül", "Её сестру Айгуль вызвали в полицию."),
        ("Polat", "Оны Полаттың үйінде ұстады."),
        ("Polat Sadirov", "پولاتنىڭ ئۆيىدە تۇتۇلدى."),
        ("پولات", "They asked Polat where she was."),
        ("Yusup", "Her cousin Yusuf spoke to us."),
        ("Polat", "他的弟弟帕拉提说过这件事。"),
        ("王伟", "她的同学王伟看见了她。"),
        ("Zhang Wei", "她的同学张伟看见了她。"),
        ("Zhang Wei", "Её видел Чжан Вэй."),
        ("王伟", "Her friend Wang Wei saw her."),
        ("Ali Nur", "They took Али Нур as well."),
        ("O'tkur", "Her teacher O’tkur remembers her."),
        ("Polat Sadirov", "HER BROTHER POLÁT WAS THERE."),
        # of any length
        ("Ali Sadirov", "Her son Ali, 6, asks for her every evening."),
        ("Ali", "Её сын Али ждёт."),
        ("Ali", "Алиге хат жазды."),
        ("علي", "قالت لعلي إنها بخير."),
        ("ئالى", "ئالىنىڭ ئۆيى."),
        ("Ali", "她的儿子阿里在家。"),
        ("Li", "Then Li came."),
        ("U Thant", "We asked U and his wife."),
        ("O", "Her daughter O was seen."),
        ("Ö", "Ö was seen."),
        ("丽", "她的女儿丽在家。"),
        ("李秀兰", "她的姐姐秀兰说过。"),
        ("김수", "김수는 말했다."),
        ("Нур", "Видели Нура там."),
        ("नूर", "उसका बेटा नूर घर पर है"),
        ("นารี", "เธอชื่อนารีอยู่บ้าน"),
        ("བཀྲ་ཤིས", "ཁོང་གི་བུ་བཀྲ་ཤིས་"),
        ("אבי", "אחיו אבי דיבר."),
        # small beside kinship, initials, invisible letters
        ("Ali", "her little son ali asks for her"),
        ("Ali Orazov", "A. O. was there."),
        ("Gulnar", "Gul\u200bnar spoke."),
        ("Gulnar", "G\u00adul\u2060nar spoke."),
        ("Ali", "Her son\u200bAli spoke."),
        ("Said", "Her son said so."),
        # a single initial beside kinship, and letters starred out
        ("Polat Orazov", "Her brother P. was taken too."),
        ("Polat Orazov", "Her brother “P.” asked."),
        ("Polat Orazov", "Her brother P*lat was there."),
        # letters parted, words glued, letters that look alike
        ("Polat", "Her brother P o l a t was there."),
        ("Polat", "Her brother P-o-l-a-t was there."),
        ("Polat", "Her brother P_o_l_a_t was there."),
        ("Polat", "She wrote #FreePolat on it."),
        ("Polat", "brotherPolat spoke."),
        ("Polat", "Po1at and P0lat were there."),
        ("Polat", "ᴘᴏʟᴀᴛ was there."),
        ("王伟", "她的同学王 伟看见了她。"),
        ("王伟", "她的哥哥小伟说过。"),
        # addresses and names of files are written small
        ("Polat", "https://news.example/polat-brother"),
        ("Polat", "https://news.example/%D0%9F%D0%BE%D0%BB%D0%B0%D1%82"),
        ("Polat Orazov", "https://polatorazov.example/"),
        ("Polat", "IMG_polat_2.jpg"),
        ("Polat", "as polat says"),
        # scripts that render other languages roughly, endearing endings, spellings of one name
        ("Gulnar", "グルナルさんは言った。"),
        ("Gulnar", "굴나르가 말했다"),
        ("Gulnar", "Գյուլնար ասաց"),
        ("Gulnar", "גולנר דיברה"),
        ("Ali", "Her son Alijan waits."),
        ("Mahmut", "Her uncle Mehmud was there."),
        # cases and possessives that change the last letters of a name, prefixes written together with it
        ("Дмитрий", "Дмитрию передали письмо."),
        ("Юрий", "Письмо от Юрия."),
        ("Мария", "Марии было страшно."),
        ("Наталья", "Наталье отказали."),
        ("Игорь", "Игоря задержали."),
        ("Павел", "Павла увезли."),
        ("Лев", "Льва увезли."),
        ("Ольга", "Ольгин муж молчит."),
        ("Жанна", "Жанниной подруге сказали."),
        ("Νίκος", "Το σπίτι του Νίκου"),
        ("דוד", "אמרו לדוד"),
        ("ሰላም", "ለሰላም ተናገሩ"),
        ("አበበ", "አበበን አየችው"),
        ("Արամ", "Արամին ասաց"),
        # a given name without the family name, a family name before "so-and-so"
        ("김철수", "철수가 말했다"),
        ("田中花子", "花子は言った"),
        ("欧阳小明", "小明说过"),
        ("李明", "李先生说过"),
        ("王伟", "她的同学王某说过"),
        ("王伟", "王×说过"),
        ("阿卜杜拉·玉素甫", "阿不都拉说过"),
        # two words as one and one as two, letters of two scripts, initials without full stops
        ("Mei-Ling Chen", "Meiling was there."),
        ("Meiling", "Mei-ling was there."),
        ("عبدالله", "قال عبد الله"),
        ("Polat", "Роlat was there."),
        ("Gulnar Orazova", "Her sister GO asked."),
        ("Gulnar", "Her sister G—— asked."),
    ],
)
def test_a_name_is_found_in_another_script_or_spelling(name: str, text: str) -> None:
    assert found(name, text)


def test_a_long_text_and_many_names_are_not_compared_each_with_each() -> None:
    """Of 4,000 different words and 60 names, half a million comparisons would keep a page waiting for minutes."""
    letters = "bdghklmnprst"
    words = [f"{a}a{b}e{c}u{d}".capitalize() for a in letters for b in letters for c in letters for d in "nrt"][:4000]
    wanted = [one for name in words[::70] if (one := wanted_of(Known(f"{name}bek {name}ova"), OWN))]
    assert len(wanted) > 50
    score_of.cache_clear()
    list(found_in(" ".join(words), wanted, OWN))
    assert score_of.cache_info().misses < len(words) * sum(len(one.parts) for one in wanted) / 4


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u202e", "\u2060", "\u200d", "\u034f", "\ufe0f", "\U000e0041"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Polat", "Her brother Polat was there."),
        ("Айгуль", "Её сестру Айгуль вызвали."),
        ("پولات", "پولات تۇتۇلدى."),
        ("王伟明", "她的同学王伟明看见了她。"),
        ("Zhang Wei", "她的同学张伟看见了她。"),
        ("Aygül", "Её сестру Айгуль вызвали."),
        ("ტარიელ", "მისი ძმა ტარიელ იქ იყო."),
    ],
)
def test_a_name_is_found_whatever_is_hidden_in_it(name: str, text: str, hidden: str) -> None:
    def riddled(words: str) -> str:
        return hidden.join(words)

    assert found(name, riddled(text))
    assert found(riddled(name), text)


@pytest.mark.parametrize("text", ["علی رضا را دیدند.", "علی\u200cرضا را دیدند.", "علیرضا را دیدند."])
def test_a_joiner_may_part_the_words_of_a_name_or_not(text: str) -> None:
    relative = Relative(id="80000001", relation="sibling", name="علی\u200cرضا")
    texts = [Text(id="f0000001", kind="story", language="fa", translation_state="unread", text=text)]
    assert stops(relatives=[relative], texts=texts) == [7]


@pytest.mark.parametrize(
    "number", ["+90 555\u200b 123 45 67", "＋９０ ５５５ １２３ ４５ ６７", "+90\u00ad555\u2060123 45 67"]
)
def test_a_telephone_number_is_seen_whatever_is_hidden_in_it(number: str) -> None:
    assert stops(texts=[Text(id="f0000001", kind="summary", text=f"Call {number} for news.")]) == [7]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Polat",
            "Айгуль",
            "Gheni Orazov",
            "Memet",
            "Rena",
            "Dilnur",
            "Kerim",
            "Ilham",
            "Nurlan",
            "Zaynap",
            "王伟",
            "Ali",
        ),
        *("A. Orazov", "He", "An", "Li", "Ма", "丽", "Said", "May", "U", "И", "A former colleague, to the campaign"),
    ],
)
def test_nobody_is_found_in_ordinary_words(name: str) -> None:
    assert found(name, PROSE) == set()
    assert found(name, CHINESE) == set()
    assert found(name, RUSSIAN) == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [("An", "An uncle said so."), ("He", "His mother said that he slept."), ("A. Orazov", "A sister was asked.")],
)
def test_small_words_beside_kinship_name_nobody(name: str, text: str) -> None:
    assert found(name, text) == set()


def test_a_word_of_the_persons_own_name_excuses_that_word_alone_and_never_beside_kinship() -> None:
    assert found("Polat Sadirova", "Tursunay Sadirova taught. Sadirova sang.") == set()
    assert found("Polat Sadirov", "The Sadirov family asked.") == set()
    for text in (
        "Her sister Sadirova spoke.",
        "Sadirova, her mother, spoke.",
        "Её мать Садырова ждёт.",
        "她的姐姐Sadirova说过。",
        "أختها Sadirova قالت.",
        "singlisi Sadirova bilen",
        "P. Sadirova spoke.",
    ):
        assert found("Polat Sadirova", text), text
    assert found("Sadir", "Sadir was asked.") == {"sadir"}  # the father's own name is no family name


def test_for_somebody_under_18_nothing_is_excused() -> None:
    assert found("Ali Sadirova", "Sadirova taught.", is_minor=True) == {"sadirova"}
    assert found("Ali Sadirova", "Tursunay Sadirova taught.", is_minor=True) == set()


LETTERS = st.sampled_from("abdeghiklmnoprstuyzабгдежзиклмнорстуыээابتجدرسشعقكلمنهويកខგდევაბሀለሐ")


@given(
    st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(["Her son {}, 6.", "{} was there, they said.", "… {} …"])
)
def test_every_name_of_one_letter_or_more_is_found_beside_kinship_or_standing_free(word: str, frame: str) -> None:
    name = word.capitalize()
    own = own_of(["Qxq Wxw"])
    wanted = wanted_of(Known(name), own)
    text = frame.format(name)
    if wanted and frame.startswith("Her son"):
        assert set(found_in(text, [wanted], own)), text
        assert set(found_in(text.replace(name, "\u200b".join(name)), [wanted], own)), text


def stops(**changes: object) -> list[int]:
    return [rule.number for rule in stopping(a_question(a_file(**changes)))]


def aygul() -> Relative:
    return Relative(id="80000001", relation="sibling", name="Айгуль Садирова")


def test_a_relative_named_in_latin_letters_is_seen_in_every_kind_of_text() -> None:
    for texts in (
        [Text(id="f0000001", kind="summary", text="Her sister Aygul was asked about her.")],
        [Text(id="f0000002", kind="story", language="zh", translation_state="unread", text="她的妹妹Aygul也被问话。")],
    ):
        assert stops(relatives=[aygul()], texts=texts) == [7], texts
    episode = a_file().episodes[0]
    episode.reason_suspected = "Because Aygul lives abroad."
    assert 7 in stops(relatives=[aygul()], episodes=[episode])
    assert stops(relatives=[aygul()], images=[image(caption="With Aigul in a garden")]) == [7]
    assert stops(relatives=[aygul()], images=[image(credit="Photo: Aigul")]) == [7]
    assert isinstance(image(), Image)


def own(text: str, **changes: object) -> list[Name]:
    return [*a_file().names, Name(id="a0000002", text=text, **changes)]
