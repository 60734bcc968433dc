"""From the paragraphs of an article to its plan: documents, issuers, groups, goals and figures, each with its place.

A pure room: an article goes in, a Plan comes out, and every string in it is a stretch of the text. Rules speak of the
language and of official style, never of one text. They stand in layers: clauses and numerals; times, counts, ordinals,
bodies, titles; and on top of them groups, goals and targets.
"""

from msgspec import structs

from feeds.model import Article, Document, Plan
from feeds.plan.clauses import Note, Paper
from feeds.plan.codes import code_of
from feeds.plan.documents import home_of, issuers_of, speakers_of, titles_of
from feeds.plan.genre import Voices, genre_of
from feeds.plan.goals import aims_of
from feeds.plan.groups import groups_of
from feeds.plan.groups.counts import counts_of


def plan_of(article: Article, notes: list[Note] | None = None) -> Plan:
    """The plan that the article describes; an empty Plan when it describes none.

    `notes` take what each rule decides, for somebody who asks why.
    """
    paper = Paper(article, notes)
    titles = titles_of(paper)
    genre = genre_of(paper, documents=any(not title.told for title in titles), told=bool(titles))
    paper.note(-1, 0, 0, genre.title, genre.verdict)
    if genre.verdict == "none":
        return Plan()
    home = home_of(paper)
    documents = tuple(Document(t.title, issuers_of(paper, t, home), t.number, t.span) for t in titles)
    counts = counts_of(paper)
    voices = Voices(paper)
    groups = groups_of(paper, counts, own=bool(documents))
    agencies = tuple(dict.fromkeys(name for d in documents for name in d.issuers)) or speakers_of(paper, home)
    aims = aims_of(paper, voices)
    if not (aims.goals or aims.targets):
        groups = voices.own_of(paper, groups)
    plan = Plan(
        documents=documents,
        groups=groups,
        goals=aims.goals,
        targets=aims.targets,
        agencies=agencies,
        code=code_of(paper, counts),
    )
    return _with_less_confidence(plan, genre.confidence) if genre.verdict == "doubtful" else plan


def _with_less_confidence(plan: Plan, doubt: float) -> Plan:
    """The plan with less confidence in everything: the article's kind speaks against it."""
    return structs.replace(
        plan,
        groups=tuple(structs.replace(group, confidence=group.confidence * doubt) for group in plan.groups),
        goals=tuple(structs.replace(goal, confidence=goal.confidence * doubt) for goal in plan.goals),
        targets=tuple(structs.replace(target, confidence=target.confidence * doubt) for target in plan.targets),
    )
