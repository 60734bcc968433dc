"""Articles from templates, for a demo that runs for hours and has published all written articles.

Their texts say that they are generated. Their places, companies and markets have no names, so nothing looks like news.
"""

import random

from feeds.demo.samples import FlashSample, Sample

_GOODS = ("演示钢材", "演示铜", "演示豆粕", "演示棉花", "演示玻璃", "演示白糖", "演示原木", "演示纸浆")
_PLACES = ("某沿海城市", "某内陆城市", "某县级市", "某经济开发区", "某自贸片区", "某省会城市")
_INDICES = ("物流景气", "商圈客流", "用电活跃度", "工业订单", "快递揽收", "新能源车充电", "港口装卸", "小店经营")
_FLASHES = (
    "【{goods}期货主力合约{move}{small}%】演示盘面显示，{goods}期货主力合约午后{move}{small}%，成交量较前一交易时段变化不大。",
    "【{place}{index}指数为{level}】该指数由演示程序生成，本期读数为{level}，上期为{other}。",
    "{place}气象台发布演示提示：未来一天有{wind}级阵风，户外作业请留意防护。",
    "【演示市场短期利率小幅变动】隔夜品种加权利率为{rate}%，七天品种为{rate7}%，资金面总体平稳。",
)
_BODY = """演示社电 {place}{index}监测小组{date}公布的读数显示，{last_month}该地{index}指数为{level}，上月为{other}。\
这是演示程序按模板生成的普通数据稿，不对应任何真实统计。

从分项看，订单分项为{part}，用工分项为{part2}，预期分项为{part3}。监测小组称，读数受工作日天数影响较大，单月变化不宜过度解读。

{{{{|（更新）监测小组随后补充说明，样本中有少量单位延迟填报，修订后的指数为{revised}。}}}}"""


def generate_flash(chance: random.Random) -> FlashSample:
    """Generate one more flash."""
    return FlashSample(text=chance.choice(_FLASHES).format(**_words(chance)), when="new", tags=(5,))


def generate_sample(number: int, chance: random.Random) -> Sample:
    """Generate one more ordinary article of figures. `number` makes its id."""
    words = _words(chance)
    body = _BODY.format(**words, date="{date}", last_month="{last_month}")
    return Sample(
        slug=f"generated/{number:06}",
        title=f"{words['place']}{words['index']}指数报{words['level']}",
        origin="演示数据台",
        body=body,
        when="new",
        channels=("1686", "1687" if number % 2 else "1690"),
        keywords=(words["index"], "数据"),
        layout="finance" if number % 3 else "news",
        shape="ordinary, by template",
    )


def _words(chance: random.Random) -> dict[str, str]:
    def number_between(low: int, high: int) -> str:
        return f"{chance.randrange(low * 10, high * 10) / 10:.1f}"

    rate = chance.randrange(120, 190) / 100
    return {
        "goods": chance.choice(_GOODS),
        "place": chance.choice(_PLACES),
        "index": chance.choice(_INDICES),
        "move": chance.choice(("上涨", "回落")),
        "small": number_between(0, 3),
        "level": number_between(95, 109),
        "other": number_between(95, 109),
        "part": number_between(90, 112),
        "part2": number_between(90, 112),
        "part3": number_between(90, 112),
        "revised": number_between(95, 109),
        "wind": str(chance.randrange(5, 9)),
        "rate": f"{rate:.2f}",
        "rate7": f"{rate + 0.14:.2f}",
    }
