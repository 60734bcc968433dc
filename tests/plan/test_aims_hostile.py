"""Dates, figures and tables made to be slow: the work grows no faster than the text."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = """
from datetime import datetime
from feeds.model import BEIJING, Article, Block
from feeds.plan import plan_of

HEAD = "商务部印发《集市规划》，到2025年，"
N = 100_000
TEXTS = [
    "今年" * (N // 2), "4月至" * (N // 3), "即日起至" * (N // 4), "一是" * (N // 2), "1.2" * (N // 3),
    "二〇" * (N // 2),
    "今年做好三项工作：" * (N // 9), "力争到" * (N // 3), "全市将" * (N // 3), "年底前" * (N // 3), "要甲，" * (N // 3),
    "结合" * (N // 2), "开展" * (N // 2),
    "给予" * (N // 2), "按甲" * (N // 2), "翻一番" * (N // 3),
    "第一阶段，" * (N // 5), "一张是" * (N // 3), "三张网，一张是甲，" * (N // 9), "甲、三项管理，" * (N // 7),
    "“五个一体化”" * (N // 7), "由2020年的5%提高到" * (N // 12), "达到每万人" * (N // 5),
    "全年压减5吨，" * (N // 7), "由商务部印发《集市规划》。" * (N // 13), "我委会同《集市规划》，" * (N // 11),
    "协会表示，" * (N // 5), "“甲。" * (N // 3), "《集市规划》（以下简称《规划》）《规划》由" * (N // 21),
    "省政府、" * (N // 4), "吉林省委、" * (N // 5), "5：1" * (N // 3), "在甲方面，" * (N // 5), "要处理好" * (N // 4),
    "加快" * (N // 2), "35项关键" * (N // 5), "《甲》甲、乙三项管理" * (N // 10),
]
TABLES = [
    " | " * (N // 3), "2030年 | " * (N // 8), "指标 | 2030年目标 | " * (N // 14), "甲 | 5% | " * (N // 8),
    "指标 | " + "（" * N, "≥" * N,
]
now = datetime(2025, 1, 20, tzinfo=BEIJING)
for kind, texts in (("text", TEXTS), ("row", TABLES)):
    for text in texts:
        blocks = (
            Block("商务部印发《集市规划》，加强管理。"), Block("指标 | 2030年", kind="row"),
            Block(text, kind=kind), Block(HEAD + text, kind=kind),
        )
        plan_of(Article(id="x", keys=("x",), title=text, published=now, seen=now, blocks=blocks))
"""


def test_slow_dates_figures_and_tables_take_no_more_than_their_length() -> None:
    # Fifty texts of 100,000 characters: linear work is some seconds, quadratic work is hours.
    subprocess.run([sys.executable, "-c", HOSTILE], cwd=ROOT, check=True, timeout=300)
