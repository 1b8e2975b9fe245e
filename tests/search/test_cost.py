"""What a question may cost is bounded by what is looked for, whatever it is made of."""

from hypothesis import given
from hypothesis import strategies as st

from campaign.search.query import LONGEST, MOST_HAN, MOST_WORDS, ask, cut

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=300)
MIXED = st.lists(st.one_of(HAN, st.text(max_size=30)), max_size=12).map(" ".join)


@given(st.one_of(HAN, MIXED))
def test_a_question_asks_for_so_many_words_of_the_index_and_no_more(query: str) -> None:
    asked = ask(query)
    beginning = cut(query)
    assert query.startswith(beginning)
    assert asked.is_cut is (beginning != query)
    assert len(beginning) <= LONGEST
    assert sum("\u4e00" <= char <= "\u9fff" for char in beginning) <= MOST_HAN
    assert sum(len(word.parts) for word in asked.words) <= 2 * MOST_HAN + MOST_WORDS


def test_names_in_chinese_are_asked_for_whole() -> None:
    for name in (
        "阿不都热依木·买买提明",
        "伊力哈木·土赫提 喀什 教师",
        "新疆维吾尔自治区伊犁哈萨克自治州伊宁市阿依古丽",
    ):
        assert not ask(name).is_cut
    assert ask("汉" * 31).is_cut
    assert not ask("a" * 200).is_cut
