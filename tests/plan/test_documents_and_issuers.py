"""Which documents an article is about, and who issues them."""

from collections.abc import Callable

import pytest

from feeds.model import Plan

Planned = Callable[..., Plan]


def told(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    return [(document.title, document.issuers) for document in plan.documents]


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("国务院日前印发《集市条例》。", ("国务院",)),
        ("国务院办公厅日前转发商务部、财政部制定的《集市条例》。", ("国务院办公厅",)),
        ("市场监管总局（国家标准委）发布《集市条例》。", ("市场监管总局", "国家标准委")),
        (
            "工信部、国家发改委、人社部等8部门近日联合印发了《集市条例》。",
            ("工业和信息化部", "国家发展改革委", "人力资源社会保障部"),
        ),
        (
            "国家发展改革委会同商务部、中央网信办等有关部门联合印发了《集市条例》。",
            ("国家发展改革委", "商务部", "中央网信办"),
        ),
        ("经国务院同意，商务部印发《集市条例》。", ("商务部",)),
        ("《集市条例》近日由财政部、央行联合发布。", ("财政部", "中国人民银行")),
        ("证监会就《集市条例》（以下简称《条例》）公开征求意见。", ("中国证监会",)),
        ("江苏省政府办公厅近日印发《集市条例》。", ("江苏省人民政府办公厅",)),
        ("记者从河南省商务厅获悉，省委、省政府近日印发《集市条例》。", ("中共河南省委", "河南省人民政府")),
        ("中共江苏省委、江苏省人民政府日前印发《集市条例》。", ("中共江苏省委", "江苏省人民政府")),
        ("湖南省发展和改革委员会近日印发《集市条例》。", ("湖南省发展和改革委员会",)),
        ("发布会解读河南省政府近日印发的《集市条例》（以下简称《条例》）。", ("河南省人民政府",)),
        (
            "商务部举行发布会，介绍《集市条例》。近日，商务部、国家邮政局联合印发了《集市条例》。",
            ("商务部", "国家邮政局"),
        ),
        (
            "近日，商务部等2部门印发《集市条例》（以下简称《条例》）。《条例》由商务部、财政部印发，要求推进整修。",
            ("商务部", "财政部"),
        ),
        ("北京集市落幕后，集市大省吉林又由省政府办公厅印发《集市条例》。", ("吉林省人民政府办公厅",)),
        ("商务部举行发布会。近日，我部会同财政部印发《集市条例》。", ("商务部", "财政部")),
        (
            "商务部召开发布会，介绍关于《集市条例》有关情况。近日，商务部、财政部联合印发了上述办法。",
            ("商务部", "财政部"),
        ),
        (
            "《集市条例》由青岛市发展和改革委员会、青岛市海洋发展局联合印发。",
            ("青岛市发展和改革委员会", "青岛市海洋发展局"),
        ),
        ("湖北集市兴旺，近日，省政府印发了《集市条例》。", ("湖北省人民政府",)),
        ("山东省发改委印发《集市条例》。", ("山东省发展改革委",)),
        ("日前，《集市条例》正式印发。", ()),
        ("中央深改委会议审议通过了《集市条例》。", ()),
        ("国务院常务会议审议通过《集市条例》。", ()),
        ("上海市政府常务会议原则同意《集市条例》。", ()),
        ("教育部召开新闻发布会，介绍《集市条例》有关情况。", ()),
        ("国务院新闻办公室举行发布会，解读《集市条例》。", ()),
        ("记者从浙江省人民政府新闻办公室获悉，浙江近日出台《集市条例》。", ()),
        ("《集市条例》将于2022年10月1日起施行。", ()),
        ("日前成都市发改委会同市财政局印发了《集市条例》。", ("成都市发展改革委", "成都市财政局")),
        ("浦东新区人民政府近日印发《集市条例》。", ("浦东新区人民政府",)),
        ("近日恩施州政府印发《集市条例》。", ("恩施州人民政府",)),
        ("内蒙古自治区党委、政府近日印发《集市条例》。", ("中共内蒙古自治区党委", "内蒙古自治区人民政府")),
        ("江西省委办公厅、省政府办公厅印发《集市条例》。", ("中共江西省委办公厅", "江西省人民政府办公厅")),
        ("黑龙江省委省政府印发《集市条例》。", ("中共黑龙江省委", "黑龙江省人民政府")),
        ("北京市商务局联合市科委、中关村管委会发布《集市条例》。", ("北京市商务局", "北京市科委", "中关村管委会")),
        ("山东省商务厅、济南海关联合印发《集市条例》。", ("山东省商务厅", "济南海关")),
        ("国家税务总局浙江省税务局发布《集市条例》。", ("国家税务总局浙江省税务局",)),
        ("证监会指导沪深交易所发布《集市条例》。", ("上海证券交易所", "深圳证券交易所")),
        ("商务部办公厅、水利部办公厅印发《集市条例》。", ("商务部办公厅", "水利部办公厅")),
        ("商务部有关负责人就近日印发的《集市条例》答记者问。", ("商务部",)),
        ("记者从浙江省商务厅获悉，《集市条例》已于近日印发。", ()),
        ("安徽省政府新闻办召开发布会，省科技厅介绍《集市条例》有关情况。", ()),
        ("《集市条例》由商务部会同有关部门制定，近日印发实施。", ("商务部",)),
        ("水利部就《集市条例》举行发布会，介绍国务院印发的《集市条例》有关情况。", ("国务院",)),
        ("商务部召开发布会，解读此前与财政部联合印发的《集市条例》。", ("商务部", "财政部")),
    ],
)
def test_the_issuers_are_the_subject_of_issuing(plan: Planned, text: str, issuers: tuple[str, ...]) -> None:
    assert told(plan(text + "各地要加强落实，推进集市建设，完善管理。")) == [("集市条例", issuers)]


@pytest.mark.parametrize(
    "text",
    [
        "商务部根据《集市条例》开展检查。",
        "商务部表示，去年印发了《集市条例》。",
        "今年1月，商务部印发了《集市条例》。",
        "据《集市日报》发布的消息，商务部将推进集市建设。",
        "检测依据《集市建筑通用条例》（GB/T 1234—2017）。",
        "2019年，商务部印发了《集市条例》。",
        "商务部强调，要加快《集市条例》落地。",
    ],
)
def test_a_document_in_passing_is_none(plan: Planned, text: str) -> None:
    assert plan(text + "商务部要求，加强集市管理，推进整修。").documents == ()


def test_several_documents_share_a_verb(plan: Planned) -> None:
    found = plan("商务部近日印发《集市管理办法》和《集市整修方案》，要求各地落实。")
    assert [title for title, _ in told(found)] == ["集市管理办法", "集市整修方案"]


def test_a_document_quoted_in_full_has_its_title_from_its_head(plan: Planned) -> None:
    found = plan(
        "商务部办公厅关于开展",
        "老旧集市整修工作的通知",
        "商办流通〔2022〕17号",
        "各省、自治区、直辖市商务主管部门：",
        "现就有关事项通知如下。",
        "一、工作目标",
        "二、重点任务",
    )
    assert [(d.title, d.number) for d in found.documents] == [
        ("商务部办公厅关于开展老旧集市整修工作的通知", "商办流通〔2022〕17号")
    ]


def test_what_is_sent_out_now_is_the_document(plan: Planned) -> None:
    found = plan(
        "国务院关于印发集市整修总体方案的通知", "国发〔2022〕99号", "现将《集市整修总体方案》印发你们，望照此办理。"
    )
    assert told(found) == [("集市整修总体方案", ("国务院",))]
    assert found.documents[0].number == "国发〔2022〕99号"


def test_a_title_inside_a_longer_title_is_not_counted_twice(plan: Planned) -> None:
    found = plan("商务部发布《关于印发〈集市管理办法〉的通知》，公布了全文。商务部介绍，要推进落实。")
    assert [title for title, _ in told(found)] == ["关于印发〈集市管理办法〉的通知"]


def test_the_agencies_are_the_issuers_or_who_speaks(plan: Planned) -> None:
    assert plan("国务院日前印发《集市条例》，要求各地推进落实。").agencies == ("国务院",)
    assert plan("工信部召开新闻发布会，将推进集市数字化，完善管理。").agencies == ("工业和信息化部",)


def test_the_bodies_that_a_head_leaves_out_sign_at_the_end(plan: Planned) -> None:
    found = plan(
        "商联发〔2022〕17号",
        "各省、自治区、直辖市商务主管部门：",
        "一、工作目标",
        "二、重点任务",
        "商务部　农业农村部",
        "国家邮政局",
        title="全文｜商务部等三部门关于推进集市整修的意见",
    )
    assert told(found) == [("商务部等三部门关于推进集市整修的意见", ("商务部", "农业农村部", "国家邮政局"))]


def test_a_document_to_come_is_none_beside_one_that_has_come(plan: Planned) -> None:
    found = plan("商务部近日印发《集市整修方案》。下一步，将抓紧制定《集市条例》，推动出台《集市管理办法》等规定。")
    assert [title for title, _ in told(found)] == ["集市整修方案"]


def test_a_year_before_news_of_today_does_not_make_it_old(plan: Planned) -> None:
    found = plan("为总结2019年的做法，商务部近日印发了《集市条例》，要求各地推进落实。")
    assert told(found) == [("集市条例", ("商务部",))]


def test_what_was_agreed_and_is_sent_out_now_is_the_document(plan: Planned) -> None:
    found = plan(
        "成都市人民政府办公厅",
        "关于印发成都市集市整修若干措施的通知",
        "各区（市）县人民政府：",
        "《成都市集市整修若干措施》已经市人民政府同意，现印发给你们，请认真贯彻执行。",
    )
    assert told(found) == [("成都市集市整修若干措施", ("成都市人民政府办公厅",))]


def test_a_report_that_is_reviewed_is_the_document(plan: Planned) -> None:
    found = plan("某市人民代表大会今天开幕，听取和审议《政府工作报告》。报告提出，今年要推进集市建设，完善管理。")
    assert told(found) == [("政府工作报告", ())]


def test_a_notice_without_a_body_in_its_head_is_signed(plan: Planned) -> None:
    found = plan(
        "关于做好集市秋季整修工作的通知",
        "各市、县商务局：",
        "一、突出重点",
        "二、强化督导",
        "江苏省商务厅",
    )
    assert told(found) == [("关于做好集市秋季整修工作的通知", ("江苏省商务厅",))]


def test_a_press_office_speaks_only_where_nobody_else_does(plan: Planned) -> None:
    text = "国务院新闻办公室今天举行国务院政策例行吹风会。农业农村部有关负责人介绍，将推进集市建设，完善管理。"
    assert plan(text).agencies == ("农业农村部",)


def test_a_poster_breaks_the_line_before_the_title(plan: Planned) -> None:
    found = plan("近日", "广东省人民政府印发", "《广东省集市行动方案》", "到2025年", "集市营业额超过1000亿元，推进整修")
    assert told(found) == [("广东省集市行动方案", ("广东省人民政府",))]


def test_the_city_government_is_that_of_the_articles_city(plan: Planned) -> None:
    described = plan(
        "市政府关于印发集市整修计划的通知", "现将《苏州市集市整修计划》印发给你们，请加强落实。", "苏州市人民政府"
    )
    assert told(described) == [("苏州市集市整修计划", ("苏州市人民政府",))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A report by television, a city's notice, a draft for comment, a press conference.
        (
            "商务部、财政部等部门今天（3月18日）发布了乡村集市整修行动实施方案。《实施方案》提出，要完善管理。",
            ("乡村集市整修行动实施方案", ("商务部", "财政部")),
        ),
        (
            "青岛市政府近日印发海洋牧场管理办法，自5月起施行。《办法》要求加强巡查。",
            ("海洋牧场管理办法", ("青岛市人民政府",)),
        ),
        (
            "水利部就小水库蓄水管理规定公开征求意见。《规定》明确，要落实巡查责任。",
            ("小水库蓄水管理规定", ("水利部",)),
        ),
        (
            "老旧渡口改造行动计划今天由交通运输部发布。《行动计划》提出，要加强巡查。",
            ("老旧渡口改造行动计划", ("交通运输部",)),
        ),
    ],
)
def test_a_name_without_marks_is_the_document_that_a_short_name_means(
    plan: Planned, text: str, found: tuple[str, tuple[str, ...]]
) -> None:
    assert told(plan(text)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "商务部发布了通知，要求加强集市管理。《通知》强调，要落实责任。",
        "根据去年发布的集市管理办法，商务部要求完善集市管理。《办法》此前已经施行。",
        "商务部今天印发集市整修方案，要求各地加强集市管理，落实责任。",
    ],
)
def test_a_name_without_marks_is_none_where_no_short_name_means_it(plan: Planned, text: str) -> None:
    assert plan(text).documents == ()


@pytest.mark.parametrize(
    "text",
    [
        "某省第十四届人代会第一次全体会议开幕，省长代表省政府作政府工作报告。报告提出，今年要加强集市管理。",
        "会议听取和审议政府工作报告，要求今年加快集市整修，完善管理。",
        "今天，某市公布了政府工作报告全文，今年要推进集市建设，加强管理。",
    ],
)
def test_a_report_that_somebody_gives_is_the_document(plan: Planned, text: str) -> None:
    assert [title for title, _ in told(plan(text))] == ["政府工作报告"]


@pytest.mark.parametrize(
    "text",
    [
        "商务部表示，将落实政府工作报告的要求，加强集市管理，推进整修。",
        "商务部介绍，政府工作报告提出的任务正在推进，要加强集市管理。",
        "去年，省长作政府工作报告时提出整修集市。商务部要求今年加强管理，推进整修。",
    ],
)
def test_a_report_that_is_only_cited_is_none(plan: Planned, text: str) -> None:
    assert plan(text).documents == ()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "全会审议通过了《集市改革方案》。现将根据《集市改革方案》形成的《商务部改革方案》提请审议，要加强管理。",
            ["商务部改革方案"],
        ),
        (
            "常务会议通过《水库条例》。水利部依据《水库条例》制定《小水库巡查办法》，今天公布《小水库巡查办法》。",
            ["小水库巡查办法"],
        ),
        (
            "国务院今天公布《水库条例》。水利部根据《水库条例》制定《小水库巡查办法》，一并发布《小水库巡查办法》。",
            ["水库条例", "小水库巡查办法"],
        ),
    ],
)
def test_what_a_document_is_made_from_is_none_unless_it_comes_out_too(
    plan: Planned, text: str, titles: list[str]
) -> None:
    assert sorted(title for title, _ in told(plan(text))) == sorted(titles)


@pytest.mark.parametrize(
    "text",
    [
        "记者从某省今天上午召开的集市建设情况通报会上获悉，《“十四五”集市发展规划》系统谋划了集市的建设任务，要完善管理。",
        "据商务部有关负责人今天在北京举行的新闻发布会上介绍，《乡村集市整修方案》全面部署整修任务，要加强管理。",
    ],
)
def test_a_document_that_the_opening_only_speaks_of_is_the_document(plan: Planned, text: str) -> None:
    assert len(told(plan(text))) == 1


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (
            "会上介绍《集市整修规划（2025—2035年）》有关情况。经国务院批准，《规划》由商务部、财政部联合印发。",
            ("商务部", "财政部"),
        ),
        (
            "今天解读《小水库巡查办法（试行）》。《办法》由水利部、应急管理部制定印发，要加强管理。",
            ("水利部", "应急管理部"),
        ),
    ],
)
def test_a_title_with_a_remark_at_its_end_has_its_short_name(
    plan: Planned, text: str, issuers: tuple[str, ...]
) -> None:
    assert [who for _, who in told(plan(text))] == [issuers]


@pytest.mark.parametrize("title", ["渡船救生设备通用要求", "冷库安全技术要求", "摊棚防火技术条件"])
def test_a_standard_is_a_document(plan: Planned, title: str) -> None:
    text = f"市场监管总局（国家标准委）批准发布的《{title}》规定，应当安装报警装置，要加强管理。"
    assert told(plan(text)) == [(title, ("市场监管总局", "国家标准委"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "两高发布《关于办理集市案件的解释》，要求从严惩处。",
            [("关于办理集市案件的解释", ("最高人民法院", "最高人民检察院"))],
        ),
        (
            "上海市高级人民法院、上海市人民检察院印发《集市案件指引》。",
            [("集市案件指引", ("上海市高级人民法院", "上海市人民检察院"))],
        ),
        ("中国集市行业协会发布《摊位自律规则》，要求加强管理。", [("摊位自律规则", ("中国集市行业协会",))]),
        ("中央金融委员会印发《集市信贷意见》。", [("集市信贷意见", ("中央金融委员会",))]),
        ("国务院新闻办公室发表《集市的故事》白皮书。", [("集市的故事", ("国务院新闻办公室",))]),
        ("民政部发布《养老院服务评级》。", [("养老院服务评级", ("民政部",))]),
        ("市场监管总局（国家标准委）批准发布《摊位安全》国家标准。", [("摊位安全", ("市场监管总局", "国家标准委"))]),
        ("财政部印发《甲类办法》和《乙类办法》。", [("甲类办法", ("财政部",)), ("乙类办法", ("财政部",))]),
        (
            "商务部、财政部今天联合印发关于推进集市建设的行动方案，提出加强管理。",
            [("关于推进集市建设的行动方案", ("商务部", "财政部"))],
        ),
        ("人社部公布新版国家摊主职业分类目录，将推动就业。", [("国家摊主职业分类目录", ("人力资源社会保障部",))]),
        (
            "财政部、某某研究中心、水利部联合印发《水网方案》。",
            [("水网方案", ("财政部", "水利部"))],
        ),
    ],
)
def test_documents_of_many_kinds_and_bodies_known_by_their_names(
    plan: Planned, text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert told(plan(text)) == found


@pytest.mark.parametrize(
    "text", ["公司今天印发关于推进集市建设的行动方案。", "《集市条例》自2019年1月1日起施行，要加强管理。"]
)
def test_no_document_of_a_company_or_of_the_past(plan: Planned, text: str) -> None:
    assert told(plan(text)) == []


def test_the_number_of_another_document_is_not_its_own(plan: Planned) -> None:
    found = plan("根据《水网条例》（国发〔2021〕5号），商务部近日印发《集市规划》，提出三项任务。")
    assert [(document.title, document.number) for document in found.documents] == [("集市规划", None)]


def test_a_report_that_the_page_s_title_names_and_somebody_gives_is_the_document(plan: Planned) -> None:
    text = "受市政府委托，市长向会议报告政府工作，提出今年要推进集市建设，加强管理。"
    assert [title for title, _ in told(plan(text, title="一图看懂政府工作报告：集市怎么建"))] == ["政府工作报告"]
    assert told(plan(text, title="集市怎么建")) == []
    assert told(plan("商务部要求今年推进集市建设，加强管理。", title="政府工作报告里的集市")) == []
