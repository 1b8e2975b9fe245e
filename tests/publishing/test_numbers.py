"""Numbers of telephones, documents and people, addresses and handles in any spelling; years and counts are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.cases.file import Name, Text
from campaign.publishing.gate.checklist import stopping
from campaign.publishing.gate.numbers import found_in
from tests.publishing.builders import a_file, a_question

LEADING = [
    "Call +7 701 123 45 67 in the evening.", "Call 138 1234 5678.", "90 555 123 45 67", "0090(555)1234567",
    "(8) 701-123-45-67", "٠٠٩٠٥٥٥١٢٣٤٥٦٧", "۰۹۱۲۳۴۵۶۷۸۹", "＋９０ ５５５ １２３４５６７", "+90\u200b555\u200b1234567",
    "1\u200b381\u200b2345\u200b678", "138.1234.5678", "Her identity card is 653121197404120023.",
    "6531 2119 7404 1200 23", "65312119740412002X", "passport G12345678", "EA1234567", "АН 1234567", "№ 12345678",
    "polat@mail.example", "polat (at) mail.example", "polat at mail dot example", "polat＠mail.example", "@polat_77",
    "t.me/polat", "WeChat: polat-sadirov-77", "微信号：polat77", "telegram polat_77", "QQ 12345678", "phone 234-56-78",
    "一三八一二三四五六七八", "KZ86125KZT5004100100", "39.4677, 75.9938", "8-800-555-35-35", "тел. 7 701 1234567",
    "Gulnar, +90 555 123 45 67", "0551 23 45 67", "call 701 123 456", "१३८१२३४५६७८", "555 1234567", "电话13812345678",
    "Call plus nine zero five five five one two three four.", "девять ноль пять пять пять один два", "polat at gmail",
    "Skype live:polat", "t . me / polat", "12 Friendship Street", "No. 14 Xinhua Road", "Xinhua Road 14", "flat 4",
    "ул. Ленина, д. 5, кв. 12", "新华路14号", "新华南路十四号三单元", "39°28′N 75°59′E", "8J7G+2VQ",
    "///filled.count.soap", "新A12345",
    # other separators, digits of other kinds, words
    "06.12.34.56.78", "139,1234,5678", "139/1234/5678", "139|1234|5678", "一三九 一二三四 五六七八",
    "壹叁玖壹贰叁肆伍陆柒捌",
    "一3九1二3四5六7八", "1️⃣3️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣", "null fünf fünf eins zwei drei vier", "cero cinco cinco uno dos tres cuatro",
    "zéro six douze trente-quatre cinquante-six", "нөл бес бес бір екі үш төрт", "نۆل بەش بەش بىر ئىككى ئۈچ تۆت",
    "صفر پنج پنج یک دو سه چهار", "double five five one two three four", "семь семьсот один сто двадцать три сорок пять",
    # papers, cards, plates by the words before them
    "паспорт серии 45 10 № 123456", "户口本 123456", "prisoner number 123456", "inmate no. 12345", "plate 01KG777ABC",
    # messages and networks
    "polat@gmail", "polat arroba gmail punto com", "polat艾特gmail点com", "polat-at-gmail-dot-com", "mailto:polat",
    "p o l a t @ g m a i l . c o m", "TG polat_s", "tg://resolve?domain=polat", "insta: polat.s", "FB polat.sadirov.3",
    "微信polat77", "signal username polat.77", "skype polat.sadirov", "linkedin.com/in/polat-s", "youtube.com/@polat",
    "polat.bsky.social", "bit.ly/3abcDE", "https://maps.google.com/?q=39.4677,75.9938", "meet.google.com/abc-defg-hij",
    # houses and points in other languages
    "12, rue de la Paix", "Bahnhofstraße 12", "Hauptstr. 5", "Lange Gasse 7", "Calle Mayor 12", "Via Roma 12",
    "Kerkstraat 12", "микрорайон Аксай-4, 12", "Gül Sok. 5/3", "شارع النصر 12", "خیابان ولیعصر پلاک 12",
    "كوچا 12-نومۇر", "第三大队二组5号", "house number 12", "room 501 of building 3", "12 Xinhua Rd", "Xinhua Lu 12 hao",
    "PO Box 123", "postcode 844000", "N39 28.062 E75 59.628", "lat 39.4677 lon 75.9938", "what3words filled.count.soap",
]  # fmt: skip
HARMLESS = [
    "She was held 31 days in 2018, in room 44 with 17 others.", "15 years from October 2018", "2017-2018",
    "from 2017-05-03 to 2018-01-02", "12.04.1974", "3,400,000 people", "3 400 000 people live there",
    "fined 500000 yuan", "¥1 200 000", "Article 120-1", "in 2017 15 of 20", "20170503", "ISBN 978-7-228-12345-6",
    "2014, 2015, 2016", "in 2017–2018 and 2019-2020", "14:30 on 3 May 2018", "No. 17/2024", "FXD-40718",
    "2017年5月3日", "她于20170503被带走", "article 293 (1) of 1997", "aged 30-35 in 2017-2018", "1396/02/13",
    "A/HRC/39/2", "12 to 15 years, 2018 to 2033", "https://archive.example.org/registers/2019123456",
    "about 1 000 000 detained", "1.000.000 people", "2017-05 - 2018-06", "Law 53-FZ of 1998", "5 000 000 tenge",
    "since 2016 100 people", "二〇一七年四月",
    "2 years on the road", "17 others in the square", "Tiananmen Square 1989", "one, two or three of them", "第3监狱",
    "The road to Kashgar was closed for 14 days.", "population 2 500 000", "pp. 1234-1240", "1234567 people",
    "共1234567人",
    "doi:10.1234/abc.2019.123456", "Case No. 2018/123", "house 1989 music", "for using WhatsApp in 2016",
    "a telegram of 1917",
    "She used WhatsApp and WeChat.", "one two three four", "十七条协议", "USD 1,500,000", "CCPR/C/CHN/CO/3",
    "Line 5 of the metro",
    "at this point she said", "identity card in 2017", "a passport, 12 books", "Radio 4", "第七次人口普查",
    "cell 5, block 12",
]  # fmt: skip


@pytest.mark.parametrize("text", LEADING)
def test_what_leads_to_somebody_is_found(text: str) -> None:
    assert list(found_in(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_years_counts_prices_and_articles_are_none(text: str) -> None:
    assert list(found_in(text)) == []


SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u200b", "\u00a0", " (", ") ", "–"])
ZEROES = st.sampled_from("0٠۰०０𝟎")


@given(st.text("0123456789", min_size=9, max_size=12), st.lists(SEPARATORS, min_size=4, max_size=4), ZEROES)
def test_a_telephone_number_is_found_however_it_is_written(digits: str, between: list[str], zero: str) -> None:
    parts = [digits[:3], digits[3:6], digits[6:8], digits[8:]]
    spelled = "+7" + "".join(f"{gap}{part}" for gap, part in zip(between, parts, strict=True))
    other = "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in spelled)
    assert list(found_in(f"Ask her neighbour, {other}, in the evening.")), other


def stops(question: object) -> list[int]:
    return [rule.number for rule in stopping(question)]


def test_a_number_in_a_name_or_a_pronunciation_is_found_too() -> None:
    for row in (
        Name(id="a0000001", text="Tursunay Sadirova, +90 555 123 45 67"),
        Name(id="a0000001", text="Tursunay Sadirova", pronunciation="ask 90 555 123 45 67"),
    ):
        assert stops(a_question(a_file(names=[row]))) == [7]


def test_the_campaigns_own_press_contact_may_stand_anywhere() -> None:
    texts = [Text(id="f0000001", kind="summary", text="Press: +49 30 1234567, press@campaign.example")]
    assert stops(a_question(a_file(texts=texts))) == [7]
    ours = "0049 (30) 123 45 67, press@campaign.example"
    assert stops(a_question(a_file(texts=texts), press_contact="+49 30 1234567, press@campaign.example")) == []
    assert stops(a_question(a_file(texts=texts), press_contact=ours)) == [7]
