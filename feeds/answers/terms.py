"""The words of pages in front of an article (walls), by what such a page wants from the reader.

One word proves nothing, because there are articles about captchas and logins. `walls` tests how much of a page
consists of such words, and whether the page fits the article.

Each pattern is made when it is first asked for. All of them, with those of `walls`, take 25 ms, and most runs of the
poller need none.
"""

import re
from collections.abc import Callable
from functools import cache


def late(words: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A pattern that is made at the first call."""
    return cache(lambda: re.compile(words, flags))


# Each word counts once in a text. If several kinds have the same number of words, the first kind wins.
_CHECK = (
    r"验证码|校验码|验证|异常|检测到|继续访问|字符|人机|真人|滑块|拖动|滑动|拼图|按住|访问频率|频繁|异常流量"
    r"|流量异常|异常访问|访问异常|异常请求"
    r"|网络环境|安全(?:检测|检查|防护|拦截|策略|风险|原因)|拦截|阻断|防火墙|\bwaf\b|攻击|恶意|机器人|爬虫|黑名单"
    r"|(?:正在)?(?:检查|检测|检验)(?:您|你)?的?(?:浏览器|环境)|浏览器|javascript|\bjs\b|正在跳转|自动跳转|稍候"
    r"|稍等|事件\s?id|请求\s?id"
    r"|拒绝访问|禁止访问|访问(?:被|受)|您的\s?ip|ip\s?地址|刷新(?:页面|重试)?|请求(?:被|过于|过多)|防刷|风控"
    r"|checking|verif(?:y|ying|ied|ication)|\bhuman\b|\brobots?\b|\bbots?\b|captcha"
    r"|security (?:check|service|reasons)"
    r"|unusual (?:traffic|activity)|automated|suspicious|access (?:to this \w+ )?(?:is |has been )?denied"
    r"|blocked|forbidden"
    r"|just a moment|ray id|cloudflare|ddos|too many requests|rate limit|firewall|your (?:browser|ip|connection)"
    r"|enable (?:javascript|js)|one moment|please wait|reference (?:id|#)|incident|attention required"
    r"|not a robot|proceed"
    r"|(?:reload|refresh) the page|challenge|redirect(?:ed|ing)"
)
_LOGIN = (
    r"登录|登陆|注册|账号|帐号|密码|用户名|会员|订阅|付费|购买|扫码|二维码|手机号|微信|解锁|开通|充值|试读"
    r"|免费阅读|权限|统一身份认证|通行证"
    r"|(?:阅读|查看|浏览)(?:全文|更多|原文|剩余|本文)|下载(?:客户端|app)|打开(?:客户端|app)"
    r"|log ?in|sign ?(?:in|up)|register|password|account|subscri(?:be|bers?|ption)|membership|premium|paywall"
    r"|(?:continue|keep) reading|unlock|free trial|already a|forgot"
)
_COOKIES = (
    r"cookies?|隐私(?:政策|偏好|设置|权)?|同意|接受(?:全部|所有)?|拒绝(?:全部|所有)|偏好|个性化|合作伙伴|撤回"
    r"|consent|privacy|accept|reject|preferences|personali[sz]ed?|partners|vendors|legitimate interest|gdpr|tracking"
)
_ERROR = (
    r"不存在|找不到|未找到|审核中|无法(?:显示|访问|打开|找到|查看|浏览|阅读)"
    r"|已?被(?:发布者|作者|用户|管理员|平台|系统)(?:自行)?(?:删除|移除|下架|屏蔽|撤回)|(?:数据库|服务器?)(?:连接|查询)(?:失败|超时)"
    r"|已(?:被)?(?:删除|下线|下架|移除|失效|撤稿)|出错|错误|出现(?:了)?问题|繁忙|维护|升级"
    r"|稍后(?:再|重)?试|重试|故障|超时|服务不可用|返回(?:首页|上一页|上页)|\b(?:40[0-9]|50[0-9])\b|很抱歉|抱歉"
    r"|对不起|暂时无法|暂停(?:访问|服务)"
    r"|not found|page (?:you|does)|doesn'?t exist|unavailable|internal server|bad gateway|gateway time-?out"
    r"|maintenance"
    r"|try again|went wrong|sorry|oops|error|\bexpired\b|removed"
)
_FRAME = (
    r"加载|载入|暂无(?:数据|内容|相关)|没有(?:数据|相关|更多)"
    r"|loading|no (?:data|content|results)|\bundefined\b|\bnull\b"
)


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of each kind of wall."""
    found = (("check", _CHECK), ("login", _LOGIN), ("cookies", _COOKIES), ("error", _ERROR), ("frame", _FRAME))
    return tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in found)


# Words that address the reader: a wall asks for something, news do not.
address = late(
    r"请(?!示|求|愿|款|辞|罪|假|战)|[您你]|我们(?:使用|检测|发现|注意|需要)|点击"
    r"|\b(?:you|your|please|we use|we value|click|enable|checking)\b"
    r"|^(?:用户|会员)?(?:登录|登陆|注册)",
    re.IGNORECASE | re.MULTILINE,
)
# One of these in a short line is enough: no short article says this.
plain = late(
    r"(?:请|需|须|后)(?:先|您|您先)?(?:完成|进行|通过|输入|点击|拖动|滑动|按住).{0,12}(?:验证|滑块|拼图)"
    r"|(?:访问|请求|操作)(?:过于|太|过|过度)频繁"
    r"|(?:人机|安全|访问|身份|真人|图形|滑块|行为)\s?(?:验证|校验)(?:中|码|中心|页面)?\s?$"
    r"|(?:请|需要?)您?先(?:登录|登陆|注册|订阅|付费|开通)"
    r"|(?:请|需要?)您?(?:登录|登陆|注册|订阅)(?:后|即可|查看|再|继续|账号|以|$|[，。！!])"
    r"|(?:登录|登陆|注册|订阅|付费|购买|开通\w{0,6}|关注\w{0,10})(?:账号|会员)?(?:后|即可|以|才能|方可|才可|才能够)+"
    r"(?:可|能|可以|即可|继续|免费)?(?:查看|阅读|浏览|访问|观看|解锁)"
    r"|(?:付费|会员|订阅)(?:用户|会员)?(?:专享|可见|内容|专属|阅读)"
    r"|完成(?:安全|人机)?验证|(?:当前|网络|访问|您的)(?:环境|行为)(?:存在)?异常|访问异常|无法(?:查看|显示|打开|访问)"
    r"|访问(?:被拒绝|被阻断|被拦截|受限|已被|验证|异常)|拒绝访问|禁止访问|已被(?:拦截|阻断|屏蔽)"
    r"|(?:开启|启用|打开|支持)\s{0,2}javascript|正在(?:检查|检测|验证)(?:您|你|浏览|安全|访问|环境|身份)"
    r"|正在(?:加载|跳转|载入)|加载中|暂无(?:数据|内容|相关)|页面(?:不存在|找不到|已删除|出错)"
    r"|(?:网页|页面|内容|文章|信息|稿件)(?:不存在|找不到|未找到|已?被?(?:删除|下线|移除|下架))"
    r"|已?被(?:发布者|作者|用户|管理员|平台|系统)(?:自行)?(?:删除|移除|下架|屏蔽|撤回)"
    r"|数据库(?:连接|查询)(?:失败|错误|出错|超时)|(?:请|可)?联系(?:网站)?管理员"
    r"|(?:依次|按顺序|顺序)(?:点击|点选|选择)(?:下图|图中|上图|下列|以下)"
    r"|bad gateway|gateway time-?out|internal server error|http (?:status|error) [-–—:]?\s?[45]\d\d"
    r"|(?:unhandled|internal|nested) exception|stack trace|fatal error\b"
    r"|系统(?:繁忙|维护|升级|错误)|服务器(?:繁忙|错误|出错)|稍后(?:再|重)试"
    r"|just a moment|checking your browser|verify (?:that )?you(?:'re| are)|are you (?:a robot|human)"
    r"|not a robot|access denied"
    r"|(?:enable|requires?|turn on) (?:javascript|js|cookies)|you need to enable|unusual traffic"
    r"|attention required|too many requests"
    r"|(?:log ?in|sign ?in|subscribe|register|sign ?up) (?:to|for)|subscribers? only"
    r"|only (?:for|available to) (?:subscribers|members)"
    r"|(?:we|this \w+) uses? cookies|accept (?:all )?cookies|page not found|404 not found|403 forbidden"
    r"|loading[.…]{0,3}\s?$|service unavailable"
    r"|something went wrong|security check|you have been blocked|request (?:was |has been )?(?:blocked|rejected)",
    re.IGNORECASE,
)
# Lines at the top or bottom of every page of a site.
footer = late(
    r"[icp]{3}备|icp证|公网安备|网安备|备案|版权所有|版权声明|copyright|©|all rights reserved"
    r"|(?:主办|承办|协办|运营|运维)(?:单位)?[:：]|技术支持"
    r"|网站(?:地图|标识码|声明|管理|首页|导航|建设)|标识码|联系(?:我们|方式|电话)|关于我们|投稿|举报|热线|邮编"
    r"|传真|地址[:：]|电话[:：]|邮箱|e-?mail"
    r"|隐私(?:政策|声明|保护)|用户协议|服务(?:条款|协议)|免责声明|法律声明|许可证|经营许可|不良信息|友情链接"
    r"|设为首页|加入收藏|返回(?:顶部|首页)|回到顶部"
    r"|无障碍|适老|长者|繁體|简体|手机版|电脑版|客户端|扫一扫|微信公众号|官方微博|建议使用.{0,20}浏览器|分辨率"
    r"|浏览次数|访问量|本站"
    r"|privacy policy|terms of (?:use|service)|contact us|about us|sitemap|powered by|back to top|follow us|skip to",
    re.IGNORECASE,
)
# Words of a menu. Each is a whole line.
menu = late(
    r"(?:网站)?(?:首页|主页|新闻|要闻|时政|财经|政务|政策|互动|服务|数据|专题|视频|图片|专栏|评论|滚动|更多|搜索|登录|注册|退出|导航|菜单|分享|打印|收藏|关闭|下一页|上一页|上一篇|下一篇"
    r"|国内|国际|社会|体育|娱乐|科技|汽车|房产|股票|基金|理财|外汇|期货|债券|银行|保险|宏观|产业|公司|市场"
    r"|机构概况|政务公开|信息公开|办事服务|互动交流|政民互动|新闻中心|新闻动态"
    r"|通知公告|公告公示|法规|解读|回应|地图|邮箱|微博|微信|论坛|博客|中文|english|home|news|about|contact"
    r"|search|menu|login|more|next|previous|share|print|top|help)"
    r"(?:中心|频道|动态|公开|首页|关注|网)?",
    re.IGNORECASE,
)
# Links to other pages of a list.
pager = late(r"共\s?\d+\s?[条页篇项]|(?:上|下|前|后)[一1]?页|尾页|末页|\b(?:previous|next|last) page\b", re.IGNORECASE)
# Markup of a page that checks or identifies its visitor.
gate = late(
    r"captcha|geetest|turnstile|hcaptcha|recaptcha|nocaptcha|challenge-(?:platform|form|running)"
    r"|cf-browser-verification|cf_chl"
    r"|__jsl_clearance|safeline|yundun|yunsuo|waf_|acw_sc__v2|slide(?:r|-?verify|block)"
    r"|verify-?(?:img|box|wrap|code|panel|bar)"
    r"|type\s{0,4}=\s{0,4}[\"']?password|http-equiv\s{0,4}=\s{0,4}[\"']?refresh"
    r"|location\.(?:reload|replace|href\s{0,4}=)|document\.cookie\s{0,4}=",
    re.IGNORECASE,
)
player = late(r"<(?:video|audio)\b|[\"'=/_-](?:video-?|live-?)?player\b", re.IGNORECASE)
