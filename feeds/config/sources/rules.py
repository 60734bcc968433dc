"""[[rule]] and mute words → the rules that a new article is stored under. Checks them when config.toml is loaded."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from feeds.config.faults import expectation_error
from feeds.config.tables import RuleTable
from feeds.config.values import Config, MarkRule
from feeds.controls import drop_controls
from feeds.errors import phrase
from feeds.folding import folded_text
from feeds.model import BEIJING
from feeds.query import Query, parse
from feeds.query.rules import StoreRule
from feeds.query.terms import And, LabelTerm, Node, Or, TextTerm


def rule_of(row: RuleTable, number: int, path: Path) -> MarkRule:
    """A [[rule]] as a value. Its query is checked elsewhere. Raises ConfigError."""
    written = [row.tag] if isinstance(row.tag, str) else row.tag
    tags = tuple(tag for word in written if (tag := drop_controls(word).strip()))
    if not row.query.strip():
        raise expectation_error(path, f"rule[{number}].query", phrase("a filter such as cat:部委动态 is:unread"))
    if not (row.read or row.star or row.hide or tags):
        raise expectation_error(path, f"rule[{number}]", phrase('one of read, star, hide or tag = ["…"]'))
    return MarkRule(query=row.query, read=row.read, star=row.star, hide=row.hide, tags=tags)


def check_mute(words: Sequence[str], key: str, path: Path) -> None:
    """Refuse a mute word that every text has. Raises ConfigError."""
    if not all(folded_text(word).strip() for word in words):
        raise expectation_error(path, key, phrase('a list of words such as ["广告"]'))


class RulesInForce:
    """The rules of a configuration for new articles, ready for a day: `date:today` depends on it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._day = date.min
        self._rules: tuple[StoreRule, ...] = ()

    def at(self, moment: datetime) -> tuple[StoreRule, ...]:
        """The rules as they are on the Beijing day of a moment."""
        return self.on(moment.astimezone(BEIJING).date())

    def on(self, day: date) -> tuple[StoreRule, ...]:
        """The rules as they are on a day: those of mute words, then those of config.toml in their order."""
        if day != self._day:
            self._day, self._rules = day, tuple(_rules_of(self._config, day))
        return self._rules


class NamedRule(Struct, frozen=True, kw_only=True):
    """A rule as a reader names it: a [[rule]] by its number, or a mute word, of one source or of all."""

    name: str
    rule: StoreRule
    is_mute: bool = False
    source: str = ""


def named_rules(config: Config, day: date) -> list[NamedRule]:
    """The rules of a configuration one by one, in the order in which they are applied: each mute word by itself."""
    found = [NamedRule(name=word, rule=_muting([word], day), is_mute=True) for word in config.mute]
    for source in config.sources:
        own = LabelTerm("source", source.name)
        found += [
            NamedRule(name=word, rule=_muting([word], day, own), is_mute=True, source=source.name)
            for word in source.mute
        ]
    rules = [_rule_on(rule, day) for rule in config.rules]
    return found + [NamedRule(name=str(number), rule=rule) for number, rule in enumerate(rules, 1)]


def _rule_on(rule: MarkRule, day: date) -> StoreRule:
    return StoreRule(parse(rule.query, day), rule.read, rule.star, rule.hide, rule.tags)


def _rules_of(config: Config, day: date) -> Sequence[StoreRule]:
    own = [(source.name, source.mute) for source in config.sources if source.mute]
    muted = [_muting(config.mute, day)] if config.mute else []
    muted += [_muting(words, day, LabelTerm("source", name)) for name, words in own]
    return [*muted, *(_rule_on(rule, day) for rule in config.rules)]


def _muting(words: Sequence[str], day: date, *terms: Node) -> StoreRule:
    """The rule that hides what has one of these words in its title or text, if the other terms hold."""
    found = tuple(TextTerm(word) for word in words)
    return StoreRule(Query(And((*terms, found[0] if len(found) == 1 else Or(found))), day), hide=True)
