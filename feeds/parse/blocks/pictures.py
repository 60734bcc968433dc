"""The words of a picture: its description, or the character that it replaces in a line.

Most descriptions are useless: file names, 图片, unfilled parts of a template. They do not count as text.
"""

import re

from feeds.parse.blocks.inline import Attributes
from feeds.parse.safety import clean

_LIMIT = 400
_SIGN_WORD = re.compile(
    r"(?:^|[\s_-])(?:emoji|emoticon|smiley|wp-smiley|latex|tex|math|mwe-math\S{0,40}|equation|formula)", re.IGNORECASE
)
_SIGN = re.compile(r"\[[^\[\]]{1,8}\]|[^\w\s]{1,8}")
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|avif)\b|^(?:img|image|pic|dsc|photo|screenshot)[\s_-]?\d*", re.IGNORECASE
)
_TEMPLATE = re.compile(r"[{}<>$]|@@|#\{|undefined|null|\bNaN\b")
_EMPTY = re.compile(
    r"(?:(?:新闻|文章|正文|相关|微信|网络|资料|配|题|头|插|截|照|示意|缩略|封面)?图(?:片|像|集|标|示|说|文)?[\s_\-—]{0,3}[\d\W]*|图[\d一二三四五六七八九十]{1,3}"
    r"|照片|头像|logo|icon|banner|广告|\S{0,12}二维码\S{0,4}|\S{0,12}公众号|微信|微博|分享\S{0,6}|点击\S{0,20}|看不清\S{0,6}|加载中\S{0,4}|loading\S{0,4}"
    r"|微信图片_?\d+|返回\S{0,4}|\S{0,8}视频)",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_ADDRESS = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|avif)(?:[?#]|$)", re.IGNORECASE)


def description_of(attributes: Attributes) -> str:
    """The description of a picture; "" if it is useless."""
    text = clean(attributes.get("alt") or "", _LIMIT)
    if not text or _TEMPLATE.search(text) or _FILE.search(text) or _EMPTY.fullmatch(text):
        return ""
    return text if len(_HAN.findall(text)) >= 4 or len(_WORD.findall(text)) >= 3 else ""


def sign_of(attributes: Attributes) -> str:
    """The text of a picture that replaces a character in its line, such as an emoji or a formula; "" for others."""
    text = clean(attributes.get("alt") or "", _LIMIT)
    if text and (_SIGN_WORD.search(attributes.get("class") or "") or _SIGN.fullmatch(text)):
        return text
    return ""


def is_address(address: str | None) -> bool:
    """Whether a link leads to a picture, for example from a small picture to the large one."""
    return bool(address and _ADDRESS.search(address))


def caption_of(text: str) -> str:
    """The description as a line of the clean text."""
    return f"〔图：{text}〕"
