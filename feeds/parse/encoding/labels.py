"""Labels of encodings: the names by which pages and feeds declare an encoding (Encoding Standard, §4.2).

The list has the names of the standard, of programs that write feeds (cp936, euc-cn, big5-eten), and of encodings that
the standard excludes for the safety of browsers (HZ, ISO-2022-KR, ISO-2022-CN). The result is the name of a decoder in
`tables`, or "" for an unknown label.
"""

import codecs
import re

_LABELS = """
utf-8: unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf-8-sig utf8mb4
utf-16le: csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf16 utf16le
utf-16be: unicodefffe utf-16be utf16be
utf-32le: utf-32 utf-32le utf32 ucs-4 iso-10646-ucs-4
utf-32be: utf-32be
gb18030: chinese csgb2312 csiso58gb231280 gb2312 gb-2312 gb-2312-80 gbk iso-ir-58 x-gbk gb18030 gb-18030 cp936 ms936
gb18030: windows-936 x-cp936 x-gb2312 x-x-gbk euc-cn x-euc-cn euccn gb2312-80 cn-gb gb-18030-2000 gb18030-2022 936
big5: big5 big5-hkscs cn-big5 csbig5 x-x-big5 x-big5 big5-eten big5hkscs big5-tw cp950 ms950 windows-950 950
euc-jp: cseucpkdfmtjapanese euc-jp x-euc-jp eucjp ujis
shift-jis: csshiftjis ms932 ms-kanji shift-jis sjis windows-31j x-sjis cp932 windows-932 shiftjis
euc-kr: cseuckr csksc56011987 euc-kr iso-ir-149 korean ks-c-5601-1987 ks-c-5601-1989 ksc5601 ksc-5601 windows-949
euc-kr: cp949 ms949 uhc euckr x-windows-949
iso-2022: csiso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-ext iso-2022-jp-2004
iso-2022: csiso2022jp2 csiso2022kr iso-2022-kr iso-2022-cn iso-2022-cn-ext jis iso2022-jp iso2022jp iso2022-kr
hz: hz hz-gb-2312 hz-gb2312 hzgb
windows-1252: ansi-x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 l1 latin1
windows-1252: iso-8859-1:1987 us-ascii windows-1252 x-cp1252 latin-1 iso-latin-1 ansi
iso8859-2: csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso-8859-2:1987 l2 latin2 latin-2
iso8859-3: csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso-8859-3:1988 l3 latin3
iso8859-4: csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso-8859-4:1988 l4 latin4
iso8859-5: csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso-8859-5:1988
iso8859-6: arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i
iso8859-6: iso-ir-127 iso8859-6 iso88596 iso-8859-6:1987
iso8859-7: csisolatingreek ecma-118 elot-928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso-8859-7:1987
iso8859-7: sun-eu-greek
iso8859-8: csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso-8859-8:1988
iso8859-8: visual csiso88598i iso-8859-8-i logical
iso8859-10: csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso8859-13: iso-8859-13 iso8859-13 iso885913
iso8859-14: iso-8859-14 iso8859-14 iso885914
iso8859-15: csisolatin9 iso-8859-15 iso8859-15 iso885915 l9 latin-9 latin9
iso8859-16: iso-8859-16 iso8859-16
koi8-r: cskoi8r koi koi8 koi8-r
koi8-u: koi8-ru koi8-u
cp866: 866 cp866 csibm866 ibm866
mac-roman: csmacintosh mac macintosh x-mac-roman
mac-cyrillic: x-mac-cyrillic x-mac-ukrainian
cp874: dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 tis620
cp1250: cp1250 windows-1250 x-cp1250
cp1251: cp1251 windows-1251 x-cp1251
cp1253: cp1253 windows-1253 x-cp1253
cp1254: cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso-8859-9:1989 l5 latin5 windows-1254 x-cp1254
cp1255: cp1255 windows-1255 x-cp1255
cp1256: cp1256 windows-1256 x-cp1256
cp1257: cp1257 windows-1257 x-cp1257
cp1258: cp1258 windows-1258 x-cp1258
"""
_LINES = [line.split(":", 1) for line in _LABELS.split("\n") if line]
_NAMES = {label: name for name, labels in _LINES for label in labels.split()}
# Python's codecs that are tables of characters; not `punycode` or `unicode_escape`.
_TABLE = re.compile(
    r"(?:cp|ibm|windows-?)\d{3,4}|mac-?\w{3,9}|iso-?8859-\d{1,2}|koi8-\w|johab|hp-roman8|ptcp154|kz1048"
)

_HEADER = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,200}<\?xml\s[^>]{0,200}?encoding\s{0,4}=\s{0,4}[\"']\s{0,4}([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,400}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096


def name_of(label: str) -> str:
    """The name of the decoder for a label, or "" if the label is unknown."""
    label = label.strip().lower().replace("_", "-")
    if name := _NAMES.get(label):
        return name
    if not _TABLE.fullmatch(label):
        return ""
    try:
        return codecs.lookup(label).name
    except LookupError:
        return ""


def declared_names(body: bytes, content_type: str) -> tuple[str, ...]:
    """The decoders that an answer declares: first in its header, then in its XML declaration, then in its `meta`."""
    head = body[:_HEAD]
    labels = [found[1] for found in [_HEADER.search(content_type[:400])] if found]
    labels += [found[1].decode("ascii", "replace") for found in (_XML.match(head), _META.search(head)) if found]
    return tuple(dict.fromkeys(filter(None, map(name_of, labels))))
