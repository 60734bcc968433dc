"""Labels of other languages, tables as browsers have them, and bytes that are not what their label says."""

import codecs

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from feeds.kinds import entries_of
from feeds.model import Page, Source
from feeds.parse.encoding import text_of
from feeds.parse.encoding.labels import name_of
from feeds.parse.encoding.tables import decode

FRENCH = "L’économie française : les prévisions relevées"
RUSSIAN = "Центральный банк повысил прогноз роста"
GREEK = "Η οικονομία αναπτύσσεται ταχύτερα φέτος"
THAI = "เศรษฐกิจไทยขยายตัวในไตรมาสนี้"
HEBREW = "הכלכלה צומחת מהר יותר השנה"
ARABIC = "ينمو الاقتصاد بشكل أسرع هذا العام"
JAPANESE = "政府は新しい経済対策をまとめた。①ウェブ化"
KOREAN = "정부가 새로운 경제 대책을 발표했다 똠방각하"
POLISH = "Rząd przyjął założenia budżetu na przyszły rok"
TURKISH = "Hükümet bütçe görüşmelerini başlattı, ışık yandı"
CHINESE = "农业农村部印发通知，部署秋粮收购工作"
TRADITIONAL = "農業部公布秋糧收購措施，恒春、堃哥、裏海亦在其中"
SPOKEN = [
    ("iso-8859-1", "cp1252", FRENCH),
    ("windows-1252", "cp1252", FRENCH),
    ("ISO-8859-15", "iso8859-15", "Le coût : 20 € de plus, œuvre terminée à Noël"),
    ("iso-8859-2", "iso8859-2", POLISH),
    ("windows-1250", "cp1250", POLISH),
    ("windows-1254", "cp1254", TURKISH),
    ("iso-8859-9", "cp1254", TURKISH),
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("koi8-u", "koi8-u", "Уряд ухвалив новий бюджет України, її економіка зростає"),
    ("iso-8859-5", "iso8859-5", RUSSIAN),
    ("ibm866", "cp866", RUSSIAN),
    ("x-mac-cyrillic", "mac-cyrillic", RUSSIAN),
    ("iso-8859-7", "iso8859-7", GREEK),
    ("windows-1253", "cp1253", GREEK),
    ("tis-620", "cp874", THAI),
    ("windows-874", "cp874", THAI),
    ("iso-8859-11", "cp874", THAI),
    ("iso-8859-8", "iso8859-8", HEBREW),
    ("windows-1255", "cp1255", HEBREW),
    ("iso-8859-6", "iso8859-6", ARABIC),
    ("windows-1256", "cp1256", ARABIC),
    ("Shift_JIS", "cp932", JAPANESE),
    ("windows-31j", "cp932", JAPANESE),
    ("euc-kr", "cp949", KOREAN),
    ("ks_c_5601-1987", "cp949", KOREAN),
    ("iso-2022-kr", "iso2022_kr", "정부가 새로운 경제 대책을 발표했다"),
    ("hz-gb-2312", "hz", CHINESE),
    ("iso-2022-jp", "iso2022_jp", "政府は新しい経済対策をまとめた"),
    ("euc-jp", "euc_jp", "政府は新しい経済対策をまとめた。ｱｲｳ"),
    ("utf-16", "utf-16-le", CHINESE),
    ("utf-16be", "utf-16-be", CHINESE),
]
FORMS = ("text/xml; charset={}", 'text/html;CHARSET="{}"', "xml", "meta", "http-equiv")


def answer_of(text: str, label: str, codec: str, form: str) -> tuple[bytes, str, str]:
    """The bytes, the header and the text of an answer that declares its label in this dress."""
    if form == "xml":
        text = f'<?xml version="1.0" encoding="{label}"?>\n<rss><title>{text}</title></rss>'
    elif form == "meta":
        text = f"<html><head><meta charset={label}></head>{text}</html>"
    elif form == "http-equiv":
        text = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>{text}</p>'
    return text.encode(codec), form.format(label) if "{}" in form else "text/html", text


@pytest.mark.parametrize(("label", "codec", "text"), SPOKEN, ids=[spoken[0] for spoken in SPOKEN])
@pytest.mark.parametrize("form", FORMS)
def test_a_declared_label_counts(label: str, codec: str, text: str, form: str) -> None:
    body, header, whole = answer_of(text, label, codec, form)
    assert text_of(body, header) == whole


@pytest.mark.parametrize(("label", "codec", "text"), SPOKEN, ids=[spoken[0] for spoken in SPOKEN])
def test_utf8_stays_utf8_under_any_label(label: str, codec: str, text: str) -> None:
    del codec
    assert text_of(text.encode(), f"text/xml; charset={label}") == text
    assert text_of(CHINESE.encode(), f"text/xml; charset={label}") == CHINESE


@pytest.mark.parametrize("text", [CHINESE, "住房新政出台", "一季度外贸数据公布", "GDP同比增长5.2%"])
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "iso-8859-15", "us-ascii", "utf-8", "latin1", ""])
def test_chinese_under_a_western_label_stays_chinese(text: str, label: str) -> None:
    assert text_of(text.encode("gb18030"), f"text/html; charset={label}") == text


@pytest.mark.parametrize("label", ["windows-1251", "iso-8859-7", "tis-620", "euc-kr", "shift_jis", "windows-1256"])
def test_chinese_under_a_foreign_label_stays_chinese(label: str) -> None:
    assert text_of(CHINESE.encode("gb18030"), f"charset={label}") == CHINESE
    assert text_of(TRADITIONAL.encode("big5hkscs"), f"charset={label}") == TRADITIONAL


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", "x-x-big5", "gb2312", "gbk", "iso-8859-1", "utf-8", ""])
def test_big5_has_the_characters_of_pages(label: str) -> None:
    assert text_of(TRADITIONAL.encode("big5hkscs"), f"charset={label}") == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xf9\xda\xa5\xcd", "恒生"),  # ETEN
        (b"\xfa\x40", "𠕇"),  # HKSCS
        (b"\x87\x7a\x87\xdf", "㡵鿋"),  # HKSCS-2008, which Python lacks
        (b"\x88\x62", "Ê̄"),  # two characters
        (b"\xa1\x45\xa2\x44\xa3\xe1", "‧￥€"),
        (b"\xa4\xa4\xff<p>", "中�<p>"),
        (b"\xa4\xa4\xfe<p>", "中�<p>"),
    ],
)
def test_big5_as_browsers_read_it(data: bytes, text: str) -> None:
    assert decode(data, "big5") == text


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("gb18030", b"\x80100", "€100"),
        ("gb18030", b"\xa3\xa0\xa8\xbc\xa6\xd9", "　ḿ︐"),
        ("gb18030", b"\xfe\x59\xfe\xa0", "龴龻"),
        ("gb18030", b"\xff<b>\xd6\xd0", "�<b>中"),
        ("windows-1252", b"\x80\x93\x81\xe9", "€“\x81é"),
        ("shift-jis", b"\x87\x40\xfa\x54\x81\x60", "①￢～"),
        ("shift-jis", b"\x83<a>", "�<a>"),
        ("euc-jp", b"\xad\xa1\x8e\xb1\x8f\xb0\xa1\xa1\xc1\xff<", "①ｱ丂～�<"),
        ("euc-kr", b"\x81\x41\xb0\xa1\xff<", "갂가�<"),
        ("iso-2022", b"\x1b$B-!4A\x1b(B<\x1b(I1\x1b(J\\", "①漢<ｱ¥"),
        ("iso-2022", b"\x1b$)C\x0e0!\x0fA", "가A"),
        ("iso-2022", b"\x1b$)A\x0eVPND\x0f.", "中文."),
        ("hz", b"~{VPND~}~~1~\n~{VP\n2", "中文~1中\n2"),
    ],
)
def test_the_tables_are_those_of_browsers(name: str, data: bytes, text: str) -> None:
    assert decode(data, name) == text


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("gb18030", "gbk", CHINESE),
        ("big5hkscs", "big5", TRADITIONAL),
        ("cp932", "shift_jis", JAPANESE),
        ("cp949", "euc-kr", KOREAN),
        ("utf-8", "utf-8", CHINESE),
        ("utf-8", "gbk", CHINESE),
        ("cp1251", "windows-1251", RUSSIAN),
    ],
)
@pytest.mark.parametrize("broken", [b"\xff", b"\xff\xff", b"\x98"])
def test_a_broken_byte_does_not_change_the_encoding(codec: str, label: str, text: str, broken: bytes) -> None:
    body = text.encode(codec) + b"<br>" + broken + b"<p>" + text.encode(codec)
    found = text_of(body, f"charset={label}")
    assert found.startswith(f"{text}<br>")
    assert found.endswith(f"<p>{text}")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_title_of_utf8_that_was_cut_is_still_utf8(cut: int) -> None:
    assert text_of("财政部通知".encode()[:-cut], "charset=gbk").startswith("财政部通")


@pytest.mark.parametrize(
    ("header", "meta", "codec", "text"),
    [
        ("utf-8", "gb2312", "gb18030", CHINESE),
        ("gbk", "utf-8", "utf-8", CHINESE),
        ("iso-8859-1", "windows-1251", "cp1251", RUSSIAN),
        ("iso-8859-1", "tis-620", "cp874", THAI),
        ("windows-1252", "iso-8859-2", "cp1252", FRENCH),
        ("utf-8", "koi8-r", "koi8-r", RUSSIAN),
        ("gb2312", "big5", "big5hkscs", TRADITIONAL),
        ("no-such-label", "iso-8859-7", "iso8859-7", GREEK),
    ],
)
def test_the_label_that_makes_sense_counts(header: str, meta: str, codec: str, text: str) -> None:
    page = f'<meta charset="{meta}"><p>{text}</p>'
    assert text_of(page.encode(codec), f"text/html; charset={header}") == page


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize(
    "text", [f"<rss>{CHINESE}</rss>", f'{{"title": "{CHINESE}"}}', f"---\ntitle: {CHINESE}\n---\n"]
)
@pytest.mark.parametrize("label", ["", "utf-8", "gbk", "iso-8859-1"])
def test_wide_text_with_a_mark_and_without(coding: str, text: str, label: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-8": codecs.BOM_UTF8}
    mark |= {"utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}
    assert text_of(text.encode(coding), f"charset={label}") == text
    assert text_of(mark[coding] + text.encode(coding), f"charset={label}") == text


def test_a_byte_order_mark_before_gb_is_skipped() -> None:
    assert text_of(codecs.BOM_UTF8 + CHINESE.encode("gb18030"), "") == CHINESE
    assert text_of(codecs.BOM_UTF8 * 2 + CHINESE.encode(), "") == CHINESE


@pytest.mark.parametrize("text", [FRENCH, "Une année à l’étranger", "Größe", "café"])
@pytest.mark.parametrize("label", ["", "utf-8", "us-ascii"])
def test_western_bytes_without_a_true_label_are_western(text: str, label: str) -> None:
    assert text_of(text.encode("cp1252"), f"charset={label}") == text


def test_a_feed_in_cyrillic_is_read(rss_source: Source) -> None:
    feed = (
        '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Новости</title>'
        f"<item><title>{RUSSIAN}</title><guid>1</guid></item></channel></rss>"
    )
    page = Page(url="https://feeds.example/ru", body=feed.encode("cp1251"), content_type="application/rss+xml")
    assert [entry.title for entry in entries_of(page, rss_source)] == [RUSSIAN]


@pytest.mark.parametrize(
    "label", ["idna", "punycode", "unicode_escape", "rot13", "base64", "utf-7", "mbcs", "x", "cp99"]
)
def test_a_codec_that_is_not_a_table_of_characters_is_not_a_label(label: str) -> None:
    assert name_of(label) == ""


@given(st.binary(max_size=200), st.sampled_from([spoken[0] for spoken in SPOKEN]))
def test_no_bytes_raise_under_any_label(body: bytes, label: str) -> None:
    assert isinstance(text_of(body, f"charset={label}"), str)
    assert isinstance(decode(body, name_of(label)), str)


@given(st.text(st.sampled_from("经济工作会议强调全国人民生活水平提高发展中小企业"), min_size=6))
def test_common_chinese_comes_back_under_any_western_label(text: str) -> None:
    body = text.encode("gb18030")
    assume("\ufffd" in body.decode("utf-8", "replace"))  # what is valid UTF-8 as well needs a true label
    for label in ("iso-8859-1", "windows-1252", "gb2312", "utf-8", ""):
        assert text_of(body, f"charset={label}") == text


@example("ааааааааааао")
@example("яси осуо даснсе")
@example("тккотесн")
@given(st.text(st.sampled_from("абвгдежзиклмнопрстуфхцчшщыэюя "), min_size=1))
def test_cyrillic_comes_back(text: str) -> None:
    for label, codec in (("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("iso-8859-5", "iso8859-5")):
        assert text_of(f"<p>{text}".encode(codec), f"charset={label}") == f"<p>{text}"
