"""Which names mean one public body."""

import pytest

from feeds.agencies import agency_rows, names_of, official_name, short_name


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("工信部", "工业和信息化部"),
        (" 央行 ", "中国人民银行"),
        ("國務院", "国务院"),
        ("江苏省政府", "江苏省人民政府"),
        ("江苏政府办公厅", "江苏省人民政府办公厅"),
        ("安徽省经信厅", "安徽省经济和信息化厅"),
        ("成都市卫健委", "成都市卫生健康委"),
        ("新疆维吾尔自治区财政厅", "新疆维吾尔自治区财政厅"),
        ("新疆生产建设兵团", "新疆生产建设兵团"),
        ("广东省", "广东省"),
        ("内蒙古自治区", "内蒙古自治区"),
        ("某某协会", "某某协会"),
    ],
)
def test_a_body_has_one_official_name(name: str, official: str) -> None:
    assert official_name(name) == official


def test_the_names_of_a_body_begin_with_the_one_that_was_asked_for() -> None:
    assert names_of("人社部")[:2] == ("人社部", "人力资源社会保障部")
    assert names_of("广东省发改委") == ("广东省发改委", "广东省发展改革委")


def test_a_name_of_several_bodies_is_no_name_of_one() -> None:
    several = [row for row in agency_rows() if "、" in row[0]]
    assert several
    assert all(official_name(name) == name for row in several for name in row[1:])


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("国家发展改革委", "发改委"),
        ("工业和信息化部", "工信部"),
        ("国务院", "国务院"),
        ("江苏省人民政府", "江苏省政府"),
        ("一个不知名的协会", "一个不知名的协会"),
        ("", ""),
    ],
)
def test_the_short_name_for_a_narrow_column(name: str, short: str) -> None:
    assert short_name(name) == short
