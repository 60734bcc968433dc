"""Counts and lists in their rarer shapes: other measure words, verbs that are counted, lists that a verb leads in."""

from collections.abc import Callable

import pytest

from feeds.model import Group, Plan

Planned = Callable[..., Plan]

ISSUED = "商务部近日印发《关于促进集市发展的意见》（以下简称《意见》）。"


def titles(group: Group) -> list[str]:
    return [item.title for item in group.items]


def told(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(group.label, titles(group)) for group in plan.groups]


@pytest.mark.parametrize(
    ("text", "label", "items"),
    [
        ("按照露天、室内、夜间三类集市分别提出建设要求。", "三类集市", ["露天", "室内", "夜间"]),
        ("聚焦账本、灯光、厕所三件“关键小事”。", "三件“关键小事”", ["账本", "灯光", "厕所"]),
        ("公布了禁摆清单、推荐清单、试点清单三张清单。", "三张清单", ["禁摆清单", "推荐清单", "试点清单"]),
        ("点名三种做法：占道摆卖、短斤少两、乱倒污水。", "三种做法", ["占道摆卖", "短斤少两", "乱倒污水"]),
        ("处理好两对关系：买与卖、管与放。", "两对关系", ["买与卖", "管与放"]),
        ("提出三点要求：一要修路；二要建棚；三要通水。", "三点要求", ["修路", "建棚", "通水"]),
        ("提出了三条路径：第一条，修路。第二条，建棚。第三条，通水。", "三条路径", ["修路", "建棚", "通水"]),
        ("强调“三个强化”（强化责任、强化监管、强化考核）。", "三个强化", ["强化责任", "强化监管", "强化考核"]),
        ("提出“三化”目标，即标准化、绿色化、智慧化。", "三化", ["标准化", "绿色化", "智慧化"]),
        ("实行“一市一册”“一摊一证”两项制度。", "两项制度", ["“一市一册”", "“一摊一证”"]),
        ("有两个特点。首先是便民。其次是安全。", "两个特点", ["便民", "安全"]),
        ("在修好村道、搭建凉棚等2方面着力。", "2方面", ["修好村道", "搭建凉棚"]),
        ("“2”即完善产权、流通两项制度。", "两项制度", ["产权", "流通"]),
        ("突出“两个更加”，更加注重品质、更加注重安全。", "两个更加", ["更加注重品质", "更加注重安全"]),
        ("第三章至第五章分别从场地、人员两个方面作出规定。", "两个方面", ["场地", "人员"]),
        ("两类机制指供需机制、分配机制。", "两类机制", ["供需机制", "分配机制"]),
        ("由总体形势、任务要求、组织实施三个部分构成。", "三个部分", ["总体形势", "任务要求", "组织实施"]),
        ("通过“建、管、用”三个环节整修集市。", "三个环节", ["建", "管", "用"]),
        ("采取加强照明、拓宽通道两项措施。", "两项措施", ["加强照明", "拓宽通道"]),
        ("重点发展代买、代送、代存等三类服务。", "三类服务", ["代买", "代送", "代存"]),
        ("因地制宜推广支架大棚、活动板房、移动摊车三类模式。", "三类模式", ["支架大棚", "活动板房", "移动摊车"]),
        ("依托县城集市建设票据、秤具、检测等三大中心。", "三大中心", ["票据", "秤具", "检测"]),
        ("实行人员、票据、秤具三项统一管理。", "三项统一管理", ["人员", "票据", "秤具"]),
        ("建立检测、仓储、结算三大资源共享中心。", "三大资源共享中心", ["检测", "仓储", "结算"]),
        ("要处理好买和卖、管和放、近和远三对关系。", "三对关系", ["买和卖", "管和放", "近和远"]),
        ("加快南门市场、东门市场、西门市场三大枢纽建设。", "三大枢纽", ["南门市场", "东门市场", "西门市场"]),
        (
            "坚持“三个结合”，做到买卖相结合、管放相结合、远近相结合。",
            "三个结合",
            ["买卖相结合", "管放相结合", "远近相结合"],
        ),
        ("织密“三张网”，一张是道路网，一张是水电网，还有一张是物流网。", "三张网", ["道路网", "水电网", "物流网"]),
        ("延续执行摊位费减免、水电补贴等两项优惠政策。", "两项优惠政策", ["摊位费减免", "水电补贴"]),
        ("还从加强领导、加大投入两个方面明确了保障。", "两个方面", ["加强领导", "加大投入"]),
        ("还列出了21个重点集市项目，总投资1亿元。", "21个重点集市项目", []),
        ("推广统一编号、统一票据、统一秤具“三统一”。", "三统一", ["统一编号", "统一票据", "统一秤具"]),
        ("推广早晚错时、地上地下等五大经营模式。", "五大经营模式", ["早晚错时", "地上地下"]),
        ("要过三道坎：一是修路；二是建棚；三是通水。", "三道坎", ["修路", "建棚", "通水"]),
        ("推动夜市和早市、线上和线下“两个一体化”融合。", "两个一体化", ["夜市和早市", "线上和线下"]),
        ("此次修订主要有两处调整：一是放宽时段；二是简化登记。", "两处调整", ["放宽时段", "简化登记"]),
        ("主要有以下几点考虑：一是便民；二是安全。", "几点考虑", ["便民", "安全"]),
        ("任务共有三项：一是修路；二是建棚；三是通水。", "三项", ["修路", "建棚", "通水"]),
    ],
)
def test_a_count_wears_many_measure_words(plan: Planned, text: str, label: str, items: list[str]) -> None:
    assert told(plan(f"{ISSUED}《意见》{text}")) == [(label, items)]


@pytest.mark.parametrize(
    "text",
    [
        "去年完成了摊位登记、道路整修、排水改造三项重大改革。",
        "“这是坚持‘两个毫不动摇’。”会议决定，一是修路。二是建棚。",
        "三年之内必须“二选一”。",
        "投诉同比增长，其中早市、夜市、周末市三个行业占到六成。",
        "思路一个是先易后难，再一个是稳妥推进。",
    ],
)
def test_what_is_past_or_only_a_saying_takes_no_list(plan: Planned, text: str) -> None:
    assert all(label in ("", "会议决定") for label, _ in told(plan(f"{ISSUED}{text}")))


def test_a_count_said_again_by_its_measure_word_is_the_same(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》推出3条措施，支持集市。", "具体是哪3条，一起来看——", "1.修路", "2.建棚", "3.通水")
    assert told(found) == [("3条措施", ["修路", "建棚", "通水"])]


def test_the_head_noun_closes_a_counts_phrase(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》还列出35项关键保鲜技术攻关清单和若干项目。")
    assert told(found) == [("35项关键保鲜技术攻关清单", [])]


def test_what_stands_under_a_heading_is_its_items_text(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《意见》提出两大任务：",
        "▷ 修好道路",
        "围绕主路、支路、巷路三类道路施工。",
        "▷ 建好凉棚",
        "按期完工。",
    )
    assert [[group.label for group in item.groups] for item in found.groups[0].items] == [
        ["三类道路"],
        [],
    ]


def test_sides_may_go_on_elsewhere(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《意见》从两个方面细化举措。在道路方面，要求整修；在凉棚方面，鼓励新建。",
        "在资金方面，市财政将安排补助。",
    )
    assert told(found) == [("两个方面", ["道路", "凉棚"])]


@pytest.mark.parametrize("lead", ["重点补齐", "重点盯紧", "支持利用", "着力改造", "是", "确立了", "建成了"])
def test_the_verb_before_a_list_of_names_is_no_part_of_the_first(plan: Planned, lead: str) -> None:
    assert told(plan(f"{ISSUED}其中，{lead}道路、货棚、水井三类设施。")) == [("三类设施", ["道路", "货棚", "水井"])]


def test_a_first_item_keeps_its_verb_where_all_have_one(plan: Planned) -> None:
    found = plan(f"{ISSUED}重点清理占道摊点、盯紧过期食品、改造老旧货棚三类场所。")
    assert titles(found.groups[0]) == ["重点清理占道摊点", "盯紧过期食品", "改造老旧货棚"]


def test_what_is_divided_begins_behind_fen(plan: Planned) -> None:
    found = plan(f"{ISSUED}整治分动员部署（4月）、集中整修（5月）、总结提升（6月）三个阶段进行。")
    assert told(found) == [("三个阶段", ["动员部署（4月）", "集中整修（5月）", "总结提升（6月）"])]


def test_what_a_meeting_transacts_is_counted_after_it(plan: Planned) -> None:
    found = plan("国务院常务会议今天召开，研究集市整修举措，听取修复汇报，讨论通过《集市条例（草案）》三件事。")
    assert told(found) == [("三件事", ["研究集市整修举措", "听取修复汇报", "讨论通过《集市条例（草案）》"])]


def test_clauses_before_a_count_are_no_list_of_it(plan: Planned) -> None:
    text = "在工作安排上，《意见》有“23”之称，其中“2”就是两大行动。两大行动：第一，修路行动；第二，亮灯行动。"
    assert told(plan(ISSUED + text)) == [("两大行动", ["修路行动", "亮灯行动"])]


@pytest.mark.parametrize("word", ["“三统一”", "“3统一”", "“三个统一”", "三个统一"])
def test_a_verb_may_be_counted_and_listed_below(plan: Planned, word: str) -> None:
    found = plan(f"{ISSUED}各地要实现{word}：", "摊位统一编号", "票据统一样式", "秤具统一校准", "各地要抓好落实。")
    assert [titles(group) for group in found.groups] == [["摊位统一编号", "票据统一样式", "秤具统一校准"]]


def test_a_verb_that_is_counted_and_not_repeated_gives_nothing(plan: Planned) -> None:
    assert plan(f"{ISSUED}各地要实现“三统一”：摊位编号、票据样式，加强管理。").groups == ()
    assert plan(f"{ISSUED}“十四五”期间、“十五五”期间，各地要做到“两促进”，加强管理。").groups == ()


def test_the_clause_after_a_full_list_is_no_item(plan: Planned) -> None:
    text = "坚持“三个结合”：坚持修建结合，坚持疏堵结合，坚持远近结合，推动摊主自治。"
    assert told(plan(ISSUED + text)) == [("三个结合", ["坚持修建结合", "坚持疏堵结合", "坚持远近结合"])]


def test_a_sentence_that_takes_up_an_earlier_count_leaves_the_last_item(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》含两大行动、两项保障。两大行动：第一，修路；第二，亮灯。两项保障则包括资金和用地。")
    assert told(found) == [("两大行动", ["修路", "亮灯"]), ("两项保障", ["资金", "用地"])]


def test_the_next_question_leaves_the_last_section(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《意见》提出2个方面任务，包括：",
        "（一）修路。",
        "（二）建棚。",
        "问：怎么抓落实？",
        "答：第一，加强领导；第二，强化评估。",
    )
    assert [titles(group) for group in found.groups] == [["修路", "建棚"], ["加强领导", "强化评估"]]


def test_items_may_be_parted_by_commas_alone(plan: Planned) -> None:
    found = plan(f"{ISSUED}重点任务有三项：一是修路，配齐路灯，二是建棚，三是通水。")
    assert [titles(group) for group in found.groups] == [["修路，配齐路灯", "建棚", "通水"]]


def test_a_verb_may_stand_right_behind_the_ordinal(plan: Planned) -> None:
    found = plan(f"{ISSUED}各地要办好三件事：一抓修路；二抓建棚；三抓通水。")
    assert told(found) == [("三件事", ["抓修路", "抓建棚", "抓通水"])]


def test_an_ordinal_may_follow_its_noun(plan: Planned) -> None:
    found = plan(ISSUED, "行动一：修路行动。由县里出资。", "行动二：亮灯行动。")
    assert [titles(group) for group in found.groups] == [["修路行动", "亮灯行动"]]


def test_articles_lie_in_chapters(plan: Planned) -> None:
    found = plan(
        "集市管理办法",
        "商务部令〔2022〕9号",
        "第一章　总则",
        "第一条　为了规范集市，制定本办法。",
        "第二条　集市应当便民。",
        "第二章　管理",
        "第三条　摊主应当遵守下列规定：",
        "（一）亮证经营；",
        "（二）明码标价。",
    )
    (group,) = found.groups
    assert [(item.title, [inner.title for inner in item.items]) for item in group.items] == [
        ("总则", ["为了规范集市，制定本办法", "集市应当便民"]),
        ("管理", ["摊主应当遵守下列规定"]),
    ]
    inner = group.items[1].items[0]
    assert [item.title for item in inner.items] == ["亮证经营", "明码标价"]


def test_a_count_of_what_was_done_is_no_part_of_the_document(plan: Planned) -> None:
    assert plan(f"{ISSUED}去年各地查处案件同比增长3%，修订完善了三项制度。").groups == ()
    assert [group.label for group in plan(f"{ISSUED}《意见》明确了三项制度。").groups] == ["三项制度"]


def test_a_list_ends_where_the_next_count_begins(plan: Planned) -> None:
    found = plan(f"{ISSUED}两个体系即安全体系和服务体系；三张网包括路网、水网和电网。")
    assert told(found) == [("两个体系", ["安全体系", "服务体系"]), ("三张网", ["路网", "水网", "电网"])]


def test_a_list_that_begins_again_lies_beside_the_first(plan: Planned) -> None:
    found = plan(
        ISSUED, "2项重点任务是：", "1.修好村道；", "2.搭建凉棚。", "2项重大工程是：", "1.亮灯工程；", "2.通水工程。"
    )
    assert told(found) == [("2项重点任务", ["修好村道", "搭建凉棚"]), ("2项重大工程", ["亮灯工程", "通水工程"])]


def test_a_count_with_its_list_does_not_take_that_of_the_next_paragraph(plan: Planned) -> None:
    found = plan(f"{ISSUED}要着力破解用地难、用电难两大难题。", "会议要求，一要加强领导；二要严格考核。")
    assert told(found) == [("两大难题", ["用地难", "用电难"]), ("", ["加强领导", "严格考核"])]


def test_bare_headings_may_be_numbered_without_a_mark(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》提出两方面要求。", "01 场地要求", "应当平整。", "02 卫生要求", "应当每日清扫。")
    assert told(found) == [("两方面要求", ["场地要求", "卫生要求"])]


def test_equal_counts_in_two_sections_are_two_groups(plan: Planned) -> None:
    found = plan(
        "商务部办公厅关于开展集市整修的通知",
        "一、修路。分两类情形：硬化、拓宽。",
        "二、建棚。分两类情形：新建、翻修。",
    )
    inner = [titles(group) for item in found.groups[0].items for group in item.groups]
    assert inner == [["硬化", "拓宽"], ["新建", "翻修"]]


def test_a_verb_before_a_count_is_no_item_of_it(plan: Planned) -> None:
    found = plan(f"{ISSUED}建成1个平台、完善2类机制。2类机制指供需机制、分配机制。")
    assert told(found) == [("2类机制", ["供需机制", "分配机制"])]


def test_a_count_in_a_remark_is_listed_there(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》部署2方面工作，即修好村道（包括路基、路灯2项任务）、搭建凉棚。")
    inner = [(group.label, titles(group)) for group in found.groups[0].items[0].groups]
    assert (found.groups[0].declared, inner) == (2, [("2项任务", ["路基", "路灯"])])


def test_what_the_plan_does_next_is_not_the_last_items_text(plan: Planned) -> None:
    found = plan(f"{ISSUED}提出两个率先。一是率先修路。二是率先建棚。为实现目标，方案从源头、末端两个层面部署任务。")
    assert told(found) == [("两个率先", ["率先修路", "率先建棚"]), ("两个层面", ["源头", "末端"])]


def test_sections_in_one_paragraph_lie_in_each_other_too(plan: Planned) -> None:
    found = plan(f"{ISSUED}包括2个方面。（一）修建场地。1.修路。2.建棚。（二）规范管理。3.定价。4.验秤。")
    (group,) = found.groups
    assert [(item.title, [inner.title for inner in item.items]) for item in group.items] == [
        ("修建场地", ["修路", "建棚"]),
        ("规范管理", ["定价", "验秤"]),
    ]


def test_an_inner_list_that_is_led_in_stays_a_group(plan: Planned) -> None:
    found = plan(f"{ISSUED}包括2个方面。", "（一）修建场地。按以下标准补助：①硬化村道；②搭建凉棚。", "（二）规范管理。")
    inner = [(group.label, titles(group)) for group in found.groups[0].items[0].groups]
    assert inner == [("以下标准", ["硬化村道", "搭建凉棚"])]


def test_a_vague_count_is_the_label_as_printed(plan: Planned) -> None:
    found = plan(f"{ISSUED}有下列情形之一的，不得设摊：（一）占用车道；（二）堵塞出口。")
    assert told(found) == [("下列情形", ["占用车道", "堵塞出口"])]


def test_a_range_of_chapters_is_no_count(plan: Planned) -> None:
    assert plan(f"{ISSUED}《意见》第3至8章是重点，分别作出规定。").groups == ()


def test_points_to_note_are_headed_by_their_noun(plan: Planned) -> None:
    found = plan(ISSUED, "看点一：扩大范围", "纳入夜市。", "看点二：创新方式", "推广扫码。")
    assert [titles(group) for group in found.groups] == [["扩大范围", "创新方式"]]


def test_a_poster_lists_its_parts_in_bare_lines(plan: Planned) -> None:
    found = plan(
        "商务部印发", "《集市振兴规划》", "到2025年", "集市布局更加合理", "规划提出两项重点工程",
        "摊位改造工程", "摊主培训工程", "展望2035年", "集市全面现代化",
    )  # fmt: skip
    assert told(found) == [("两项重点工程", ["摊位改造工程", "摊主培训工程"])]
    assert [(goal.deadline, goal.text) for goal in found.goals] == [
        ("2025", "集市布局更加合理"),
        ("2035", "集市全面现代化"),
    ]


def test_counts_in_one_pair_of_marks_are_no_items_of_each_other(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《意见》提出了18条举措，可以概括为“三类设施、两张清单、四项机制”。",
        "“两张清单”指的是摊位清单和责任清单。",
    )
    assert ("两张清单", ["摊位清单", "责任清单"]) in told(found)


def test_things_with_a_measure_word_alone_are_no_count(plan: Planned) -> None:
    assert told(plan(f"{ISSUED}到2025年，开通集市班车线路100条，集市布局更加合理。")) == []


@pytest.mark.parametrize(
    ("paragraphs", "label", "items"),
    [
        (("《意见》部署了两大行动。在修路行动中，将铺装路面。此外，还将实施建棚行动，支持商户。",), "两大行动",
         ["修路行动", "建棚行动"]),
        (("整治分为两个阶段。9月为动员阶段，制定方案。10月至12月为整治阶段，严查占道。",), "两个阶段",
         ["9月为动员阶段，制定方案", "10月至12月为整治阶段，严查占道"]),
        (("《意见》共分两部分，含金量高。一起来看——", "修好集市道路", "● 给予补助", "建好集市凉棚"), "两部分",
         ["修好集市道路", "建好集市凉棚"]),
        (("概括起来，就是“两个一”。一是管好“一张网”，二是用好“一本账”。",), "两个一", ["管好“一张网”", "用好“一本账”"]),
    ],
)  # fmt: skip
def test_parts_are_laid_out_in_many_ways(
    plan: Planned, paragraphs: tuple[str, ...], label: str, items: list[str]
) -> None:
    first, *rest = paragraphs
    assert (label, items) in told(plan(f"{ISSUED}{first}", *rest))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            f"{ISSUED}《意见》提出“两步走、五大任务、六项行动、三项保障”。",
            ["两步走", "五大任务", "六项行动", "三项保障"],
        ),
        (f"{ISSUED}《意见》明确三步走、四大重点方向和十项重点工程。", ["三步走", "四大重点方向", "十项重点工程"]),
        ("商务部等三部门联合印发集市提升规划，提出两步走、五大任务、三项保障。", ["两步走", "五大任务", "三项保障"]),
        (f"{ISSUED}会议要求防范“三重压力”，坚持“两个毫不动摇”。", []),
    ],
)
def test_counts_in_a_row_are_parts_of_one_plan(plan: Planned, text: str, labels: list[str]) -> None:
    groups = plan(text).groups
    assert [group.label for group in groups] == labels
    assert all(group.status == "unlisted" for group in groups)
