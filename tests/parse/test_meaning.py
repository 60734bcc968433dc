"""The meaning of markup inside a line: powers, indices, struck-out text, formulas, quotation marks."""

import pytest

from feeds.parse import reading_of_body
from feeds.parse.blocks.inline import plain_text


def text_of(html: str) -> str:
    return "\n".join(block.text for block in reading_of_body(html).blocks)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("总量7×10<sup>8</sup>吨", "总量7×10⁸吨"),
        ("浓度10<sup>-6</sup>以下", "浓度10⁻⁶以下"),
        ("10<sup>12.5</sup>次", "10^12.5次"),
        ("2<SUP>n+1</SUP>个", "2ⁿ⁺¹个"),
        ("2<sup>k</sup>个", "2^k个"),
        ("2<sup>2<sup>n</sup></sup>", "2^2ⁿ"),
        ("新建仓储3万m<sup>2</sup>、库容5亿m<sup>3</sup>", "新建仓储3万m²、库容5亿m³"),
        ("流量8m<sup>3</sup>/s，200km<sup>2</sup>", "流量8m³/s，200km²"),
        ("SO<sub>2</sub>、NO<sub>x</sub>、N<sub>2</sub>O", "SO₂、NOₓ、N₂O"),
        ("PM<sub>2.5</sub>和PM<sub>10</sub>", "PM₂.₅和PM₁₀"),
        ("Fe<sup>3+</sup>与PO<sub>4</sub><sup>3-</sup>", "Fe³⁺与PO₄³⁻"),
        ("T<sub>max</sub>", "T_max"),
        ("(a+b)<sup>2</sup>与（x）<sup>3</sup>", "(a+b)²与（x）³"),
        ("10<span style='font-size:8px;vertical-align: super'>6</span>元", "10⁶元"),
        ("H<span style='vertical-align:sub'>2</span>", "H₂"),
        ("<b>10</b><sup>7</sup>", "10⁷"),
        ("<sup>1</sup>数据为初步核算数", "¹数据为初步核算数"),
        ("气温25<sup>o</sup>C", "气温25°C"),
        ("某牌<sup>TM</sup>，5<sup>th</sup>", "某牌™，5th"),
        ("办法<sup>（暂行）</sup>", "办法（暂行）"),
    ],
)
def test_powers_and_indices_are_characters(html: str, text: str) -> None:
    assert text_of(f"<p>{html}</p>") == text
    assert plain_text(f"<p>{html}</p>", 500) == text


@pytest.mark.parametrize(
    "mark", ["[1]", "[12]", "〔3〕", "（4）", "[注2]", "*", "<a href='#fn5'>5</a>", "[1]</sup><sup>,</sup><sup>[2]"]
)
def test_the_sign_of_a_note_is_not_joined_to_a_number(mark: str) -> None:
    assert text_of(f"<p>投资达到30<sup>{mark}</sup>亿元。</p>") == "投资达到30亿元。"


@pytest.mark.parametrize(
    "mark",
    [
        "<sup class='footnote'>3</sup>",
        "<sup class='md-footnote-ref'>12</sup>",
        "<sup class='reference' id='r2'>2</sup>",
    ],
)
def test_a_number_whose_class_names_a_note_is_not_a_power(mark: str) -> None:
    assert text_of(f"<p>投资达到30{mark}亿元。</p>") == "投资达到30亿元。"
    assert text_of("<p>面积30km<sup class='preference'>2</sup>。</p>") == "面积30km²。"


def test_a_raised_number_after_a_word_or_a_per_cent_sign_is_a_note() -> None:
    html = (
        "增速6%<sup>1</sup>，计30亿元<sup>2</sup>，投50<sup>1</sup>亿元，见《规划》<sup>12</sup>。5万米<sup>2</sup>。"
    )
    assert text_of(f"<p>{html}</p>") == "增速6%，计30亿元，投50亿元，见《规划》。5万米²。"


@pytest.mark.parametrize("tag", ["sup", "sub"])
def test_a_raised_number_without_an_end_tag_does_not_lengthen_the_number(tag: str) -> None:
    assert "109" not in text_of(f"<div>总量10<{tag}>9立方米。<p>第二段说明情况。</p><p>第三段。</p></div>")
    assert text_of(f"<div>10<{tag}>9<p>后文。</p></div>").endswith("后文。")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("期限由<del>三年</del><ins>五年</ins>计算。", "期限由五年计算。"),
        ("补贴<s>800元</s>1000元。", "补贴1000元。"),
        ("<strike>原文<b>加粗</b>仍是原文</strike>新文。", "新文。"),
        ("<span style='color:red; text-decoration : line-through'>旧值</span>新值", "新值"),
        ("<span style='text-decoration-line: underline line-through'>旧值</span>新值", "新值"),
        ("<font style='text-decoration:line-through'>甲<u>乙</u></font>丙", "丙"),
        ("<u><s>甲</s></u><mark>乙</mark><ins>丙</ins>丁", "乙丙丁"),
        ("<del>甲<ins>乙</ins>丙</del>丁", "丁"),
        ("<span style='text-decoration: underline'>留下</span>", "留下"),
        ("<del></del>留下", "留下"),
    ],
)
def test_struck_out_text_is_removed_and_inserted_text_stays_in_its_sentence(html: str, text: str) -> None:
    assert text_of(f"<p>{html}</p>") == text
    assert plain_text(html, 500) == text or "style" in html


def test_struck_out_paragraphs_are_removed() -> None:
    styled = "<p style='text-decoration:line-through'>旧三。</p>"
    assert text_of(f"<del><p>旧条文。</p><p>旧二。</p></del>{styled}<ins><p>新条文。</p></ins>") == "新条文。"
    assert text_of("<table><tr><td><s>1</s>2</td><td>3</td></tr></table>") == "2 | 3"


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
def test_a_strike_without_an_end_does_not_remove_later_text(tag: str) -> None:
    assert text_of(f"<div><p>甲<{tag}>乙</p><p>丙。</p></div>") == "甲\n丙。"
    assert text_of(f"<div><{tag}>开头<p>中间。</p><p>结尾。</p></div>") == "开头\n中间。\n结尾。"


def test_struck_out_text_gives_no_target() -> None:
    plan_text = text_of("<p>到2030年，覆盖率达到<s>75%</s>85%以上。</p>")
    assert plan_text == "到2030年，覆盖率达到85%以上。"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mfrac><mn>2</mn><mn>3</mn></mfrac>", "2/3"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msup><mi>y</mi><mn>3</mn></msup>", "y³"),
        ("<msub><mi>C</mi><mi>平均</mi></msub>", "C_平均"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xᵢ²"),
        ("<msqrt><mn>2</mn></msqrt><mo>×</mo><mroot><mi>n</mi><mn>3</mn></mroot>", "√2×∛n"),
        ("<msqrt><mi>a</mi><mo>−</mo><mn>1</mn></msqrt>", "√(a−1)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑ᵢ₌₁ⁿ"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<semantics><mi>z</mi><annotation encoding='application/x-tex'>z_0</annotation></semantics>", "z"),
        ("<mi/><mn>5</mn>", "5"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>",
            "[1 2; 3]",
        ),
    ],
)
def test_a_formula_is_written_on_the_line(formula: str, text: str) -> None:
    assert text_of(f"<p>式中<math>{formula}</math>。</p>") == f"式中{text}。"


def test_formulas_in_other_forms() -> None:
    assert text_of("<p>为<math alttext='E=mc^2'></math>。</p>") == "为E=mc^2。"
    assert (
        text_of("<p>为<mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>4</mml:mn></mml:msup></mml:math>。</p>")
        == "为10⁴。"
    )
    assert text_of("<p>4<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>小时</p>") == "4 1/2小时"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ruby>陂<rt>bēi</rt></ruby>塘", "陂（bēi）塘"),
        ("<ruby>陂<rp>(</rp><rt>bēi</rt><rp>)</rp></ruby>塘", "陂（bēi）塘"),
        ("所谓<q>两步走</q>", "所谓“两步走”"),
        ("<q>外<q>内</q></q>", "“外‘内’”"),
        ("<abbr title='国内生产总值'>GDP</abbr>增长", "GDP增长"),
        ("高质<wbr>量发&shy;展", "高质量发展"),
        ("R&D经费、AT&T、a & b", "R&D经费、AT&T、a & b"),
        ("?a=1&copy=3&region=4", "?a=1&copy=3&region=4"),
        ("&copy; 2026 &amp; &lt;甲&gt;&nbsp2026年", "© 2026 & <甲> 2026年"),
        ("<x-note>甲</x-note><unknown>乙</unknown>丙", "甲乙丙"),
        ("甲<span style='display:block'>乙</span>丙", "甲\n乙\n丙"),
        ("甲<hr>乙", "甲\n乙"),
    ],
)
def test_inline_elements_keep_their_meaning(html: str, text: str) -> None:
    assert text_of(html) == text


def test_lists_that_do_not_count_from_one_keep_their_numbers() -> None:
    assert text_of("<ol start='4'><li>甲</li><li>乙</li></ol>") == "4. 甲\n5. 乙"
    assert text_of("<ol><li>甲</li><li value='9'>乙</li><li>丙</li></ol>") == "1. 甲\n9. 乙\n10. 丙"
    assert text_of("<ol type='A'><li>甲</li><li>乙</li></ol>") == "A. 甲\nB. 乙"
    assert text_of("<ol type='i' start='3'><li>甲</li><li>乙</li></ol>") == "iii. 甲\niv. 乙"
    assert text_of("<ol reversed><li>甲</li><li>乙</li></ol>") == "2. 甲\n1. 乙"
    assert text_of("<ol start='2'><li>（二）甲</li><li>三、乙</li></ol>") == "（二）甲\n三、乙"
    assert text_of("<ol start='2' style='list-style: none'><li>甲</li></ol>") == "甲"


def test_terms_and_their_explanations_are_lines() -> None:
    assert text_of("<dl><dt>绿电</dt><dd>可再生能源电力。</dd></dl>") == "绿电\n可再生能源电力。"


def test_a_cell_over_several_rows_is_repeated_in_each() -> None:
    html = (
        "<table><tr><th>领域</th><th>指标</th><th>2030年</th><th>属性</th></tr>"
        "<tr><td rowspan='2'>交通</td><td>里程</td><td>900</td><td rowspan='2'>预期性</td></tr>"
        "<tr><td>密度</td><td>12</td></tr><tr><td colspan='2'>合计</td><td colspan='2'>7</td></tr></table>"
    )
    assert text_of(html).split("\n") == [
        "领域 | 指标 | 2030年 | 属性",
        "交通 | 里程 | 900 | 预期性",
        "交通 | 密度 | 12 | 预期性",
        "合计 |  | 7 | 7",
    ]


def test_spans_of_a_hostile_table_stay_bounded() -> None:
    html = (
        "<table><tr>"
        + "<td rowspan='999999' colspan='999999'>甲1</td>" * 3000
        + "</tr>"
        + "<tr><td>乙</td><td>丙</td></tr>" * 3000
    )
    assert sum(len(block.text) for block in reading_of_body(html).blocks) < 2_000_000


@pytest.mark.parametrize("tag", ["sup", "sub", "q", "del", "mfrac", "msup", "msqrt", "ruby", "rt", "textarea"])
def test_endlessly_nested_elements_end_in_time(tag: str) -> None:
    assert "末" in text_of(f"<{tag}>1" * 20_000 + "末") or tag in ("del", "textarea")
    assert "末" in text_of(f"<{tag}>1</{tag}>" * 20_000 + "末")
