"""What kind of article this is, and who speaks in it: a plan, or the market, a company, an accident, a statistic.

A plan has a document that is issued, or a public body that says what is to be done. What an analyst expects is no plan.
"""

import re

from feeds.plan.clauses import Line, Paper

_OUTSIDE = re.compile(
    r"(?:教授|分析师|首席|研究员|经济学家|专家|证券|研究院|研究中心|研究所|咨询|业内人士|大学|学院|机构|研报|基金经理|律师|投行|智库|总裁|董事长|董事|创始人|合伙人)"
    r"[^。；]{0,30}?(?:认为|表示|指出|称|说|分析|预计|预测|告诉|坦言|看来|建议|介绍|显示|强调)"
)
_NAMED = re.compile(
    r"(?:教授|分析师|研究员|经济学家|专家|院长|副院长|主任|所长|首席[^，。、]{0,8}|总裁|董事长|创始人|合伙人|律师|经理)([\u4e00-\u9fff]{2,3}?)"
    r"(?:在接受|认为|表示|指出|告诉|对[^，。]{2,14}记者|向[^，。]{0,10}记者|分析|坦言|称|说)"
)
_SAYS = "(?:认为|表示|指出|说|坦言|分析|看来|强调|称|介绍|建议)"


class Voices:
    """The people in an article who do not speak for the issuer."""

    def __init__(self, paper: Paper) -> None:
        names = set(_NAMED.findall(paper.body)) if "记者" in paper.body or "认为" in paper.body else set()
        body = paper.body
        self._names = re.compile(f"(?:{'|'.join(sorted(names))}){_SAYS}") if names else None
        self._any = self._names is not None or _OUTSIDE.search(body) is not None

    def is_outside(self, line: Line, start: int, end: int) -> bool:
        """Whether the sentence is an outsider's word."""
        if not self._any:
            return False
        if _OUTSIDE.search(line.plain, start, end):
            return True
        return self._names is not None and self._names.search(line.plain, start, end) is not None
