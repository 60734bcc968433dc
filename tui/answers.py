"""Sentences about answers, in the reader's language: a link without a text, the test of a source."""

from feeds.config import Candidate
from feeds.controls import without_login
from feeds.events import ArticleFetched
from feeds.model import Article, Instead, RequestSettings, Source
from tui.words import N_, _, ngettext, sentence_of

_WHAT = {
    "pdf": N_("a PDF file"),
    "word": N_("a Word file"),
    "sheet": N_("a spreadsheet"),
    "slides": N_("a file of slides"),
    "book": N_("an e-book"),
    "ofd": N_("an OFD file"),
    "print": N_("a PostScript file"),
    "archive": N_("a packed file"),
    "picture": N_("a picture"),
    "audio": N_("a sound file"),
    "video": N_("a video file"),
    "json": N_("data in JSON"),
    "xml": N_("data in XML"),
    "feed": N_("a feed"),
    "code": N_("a script or style sheet"),
    "file": N_("a file that is no text"),
    "check": N_("a page that asks for a verification"),
    "login": N_("a page that asks to log in"),
    "cookies": N_("a page that asks about cookies"),
    "error": N_("a page that reports an error"),
    "frame": N_("a page without text"),
    "player": N_("a page that plays a film"),
    "same": N_("a page with the same words as other pages of the site"),
}


def what_of(instead: Instead) -> str:
    """A few words for it, with the media type of a file: a PDF file (application/pdf)."""
    what = _(_WHAT.get(instead.kind, _WHAT["file"]))
    return _("{what} ({type})").format(what=what, type=instead.media_type) if instead.media_type else what


def line_of(article: Article, *, keys: bool) -> str:
    """A line about what the link leads to, with `keys` also which key opens it; "" if the article has a text."""
    instead = article.instead
    if article.blocks or instead is None:
        return ""
    what = what_of(instead)
    if instead.is_page:
        sentence = (
            _("The link showed {what}. w asks for the text again, o opens it.")
            if keys
            else _("The link showed {what}. zhengwen fetch {id} asks for the text again.")
        )
    else:
        sentence = _("The link is {what}; o opens it.") if keys else _("The link is {what}.")
    return sentence.format(what=what, id=article.id)


def outcome_of(event: ArticleFetched) -> str:
    """A line about the outcome of a request for an article's page."""
    title = event.title or event.id
    if event.instead:
        return _("{title}: the link is {what}").format(title=title, what=what_of(event.instead))
    if event.fault:
        return f"{title}: {sentence_of(event.fault)}"
    if event.changed:
        return _("{title}: the text has come").format(title=title)
    return _("{title}: the same text came again").format(title=title)


def result_of_test(candidate: Candidate) -> str:
    """A line about what the test of a candidate gave."""
    if candidate.fault:
        return sentence_of(candidate.fault)
    count = ngettext("{n} article", "{n} articles", candidate.articles)
    return count + (" · " + _("newest: {title}").format(title=candidate.newest) if candidate.newest else "")


def names_of_settings(request: RequestSettings) -> list[str]:
    """The keys of config.toml with which a source is requested, without their values: `cookie`, `headers.X-Key`."""
    names = ("user_agent", "login", "cookie", "ca", "proxy")
    return [*(name for name in names if getattr(request, name)), *(f"headers.{name}" for name, _ in request.headers)]


def shown_address(source: Source) -> str:
    """The address of a source without its login, or its channel."""
    return without_login(source.url) or source.channel
