"""config.toml: valid values, and messages about mistakes."""

from pathlib import Path

import msgspec
import pytest

from feeds import config
from feeds.config.tables import PIPE_INPUTS
from feeds.errors import ConfigError
from feeds.export.files import FORMATS
from feeds.model import PLAIN_REQUESTS, RequestSettings, Secret

SOURCE = '[[source]]\nkind = "rss"\n'
FEED = SOURCE + 'url = "https://a.cn/x"\n'
STEERING = (
    r"\u001b]0;x\u0007",
    r"\u009b31m",
    r"\u202e甲",
    r"甲\u2066",
    r"\u0000",
    r"a\nb",
    r"\u0085",
    r"\u2028",
    r"\u200f",
)
NAMES = ("", "X A", "X:A", "X/A", "头", "X=A")
RESERVED = ("Host", "connection", "Accept-Encoding", "If-None-Match", "Content-Length", "Proxy-Authorization")
PROXIES = ("", "ftp://a.cn", "127.0.0.1:8080", "socks4://a.cn:1", "http://", "http://a.cn:99999", "http://[")
AGENTS = ("政闻", "", " a", "a ", "é", "x" * 501)
ADDRESSES = (
    *(
        "http://127.0.0.1:65536/",
        "http://a.cn:-1/",
        "http://a.cn:0/",
        "http://[",
        "http://[::1",
        "http://:80/",
        "http:///x",
    ),
    *(
        "http://a b.cn/",
        "http://a..cn/",
        "http://" + "a" * 70 + ".cn/",
        "http://a%b.cn/",
        "//a.cn/",
        "file:///x",
        "http://*/",
    ),
)
VIEW = '[[view]]\nname = "甲"\nquery = "\\"a b\\" is:unread"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_polls_the_five_channels() -> None:
    shipped = config.load(config.shipped_path())
    assert [source.name for source in shipped.sources] == ["国内滚动", "宏观经济", "部委动态", "金融新闻", "7x24"]
    assert shipped.sources[0].category == ("金融", "新浪财经", "国内滚动")


def test_every_key_of_the_shipped_file_has_a_comment() -> None:
    lines = config.shipped_path().read_text("utf-8").split("# 每个来源")[0].splitlines()
    assert all("#" in line for line in lines if "=" in line)


def test_the_shipped_file_states_the_defaults_of_the_code() -> None:
    shipped = config.reading.table_in(config.shipped_path())
    shipped.pop("source")
    shipped.pop("view")
    empty = config.tables.FileTable()
    assert msgspec.convert(shipped, config.tables.FileTable) == empty


def test_a_readers_file_is_laid_over_the_shipped_one(tmp_path: Path) -> None:
    path = written(
        tmp_path, '[fetch]\npause = 2\n[[source]]\nname = "a"\nkind = "rss"\nurl = "https://example.org/x"\n'
    )
    loaded = config.load(path)
    assert loaded.fetch.pause == 2
    assert loaded.fetch.deadline == 30
    assert [source.name for source in loaded.sources] == ["a"]
    assert loaded.sources[0].category == ("a",)


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    path = written(tmp_path, 'archive = "mine"\n[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n')
    loaded = config.load(path)
    assert loaded.archive == tmp_path / "mine"
    assert loaded.sources[0].url == str(tmp_path / "posts")


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('theme = "pink"', "theme", "auto, dark or light"),
        ("[fetch]\ndeadline = 0", "fetch.deadline", "above 0"),
        ('[fetch]\nper_host = "many"', "fetch.per_host", "from 1 to 16"),
        ('[[source]]\nname = "a"\nkind = "gopher"', "source[1].kind", "live, posts, roll, rss"),
        ('[[source]]\nkind = "rss"', "source[1].name", "not empty"),
        ('[[source]]\nname = "a"\nkind = "rss"\nurl = "ftp://x"', "source[1].url", "http"),
        ('[[source]]\nname = "a"\nkind = "roll"\nchannel = "155"', "source[1].channel", "155/1686"),
        ('[[source]]\nname = "a"\nkind = "live"\nchannel = "x"', "source[1].channel", "152"),
        ('[[source]]\nname = "a"\nkind = "posts"', "source[1].url", "path"),
        ("colour = 1", "colour", "no such key"),
        ('themes = "zh"', "themes", "no such key; did you mean theme?"),
        ("[fetch]\npauze = 1", "fetch.pauze", "no such key; did you mean pause?"),
        (f"{FEED}cooky = 'a'", "source[1].cooky", "no such key; did you mean cookie?"),
        (f"{FEED}login = {{ usr = 'a' }}", "source[1].login.usr", "no such key; did you mean user?"),
        (f"{FEED}page = 'no'", "source[1].page", "true or false"),
        (f"{FEED}user_agent = '政闻'", "source[1].user_agent", "visible ASCII"),
        (f"{FEED}cookie = 3", "source[1].cookie", 'a text, { env = "NAME" } or { file = "path" }'),
        (f"{FEED}cookie = ''", "source[1].cookie", "a text, { env"),
        (f"{FEED}cookie = {{}}", "source[1].cookie", "a text, { env"),
        (f"{FEED}cookie = {{ env = 'A', file = 'b' }}", "source[1].cookie", "a text, { env"),
        (f"{FEED}cookie = {{ env = 'A B' }}", "source[1].cookie", "a text, { env"),
        (f"{FEED}login = 'bob'", "source[1].login", 'user = "…"'),
        (f"{FEED}login = {{ user = 'a:b', password = 'c' }}", "source[1].login", 'user = "…"'),
        (f"{FEED}login = {{ password = 'c' }}", "source[1].login", 'user = "…"'),
        (f"{FEED}login = {{ env = 'A', user = 'c' }}", "source[1].login", 'user = "…"'),
        (f"{FEED}headers = 'a'", "source[1].headers", "a table of headers"),
        *((f"{FEED}headers = {{ '{name}' = 'b' }}", "source[1].headers", "a table of headers") for name in NAMES),
        *((f"{FEED}headers = {{ {name} = 'b' }}", f"source[1].headers.{name}", "write itself") for name in RESERVED),
        (f"{FEED}headers = {{ X-A = 'b', x-a = 'c' }}", "source[1].headers.x-a", "given once"),
        (f"{FEED}cookie = 'a'\nheaders = {{ Cookie = 'c' }}", "source[1].headers.Cookie", "given once"),
        *((f'{FEED}headers = {{ X-A = "{value}" }}', "source[1].headers.X-A", "control") for value in STEERING),
        *((f'{FEED}cookie = "{value}"', "source[1].cookie", "control characters") for value in STEERING),
        *((f"{FEED}proxy = '{value}'", "source[1].proxy", "a proxy such as") for value in PROXIES),
        ("[fetch]\nspeed = 1", "fetch.speed", "no such key"),
        ("source = 3", "source", "[[source]]"),
        ("view = 3", "view", "[[view]]"),
        ('[[view]]\nquery = "a"', "view[1].name", "not empty"),
        ('[[view]]\nname = "a"', "view[1].query", "a filter"),
        ('[[view]]\nname = "a"\nquery = "a"\nkey = "ab"', "view[1].key", "one character"),
        ('[[view]]\nname = "a"\nquery = "b is:red"', "view[1].query", "at character 6: expected one of unread"),
        ('[[view]]\nname = "a"\nquery = "due:soon"', "view[1].query", "at character 5: expected a deadline"),
        ("fetch = 3", "fetch", "a table"),
        *((f"[fetch]\ndeadline = {value}", "fetch.deadline", "above 0") for value in ("nan", "inf", "-1.0", "1e300")),
        *((f"[fetch]\npause = {value}", "fetch.pause", "from 0 to") for value in ("nan", "-inf", "3601", "-0.1")),
        *((f"[fetch]\nmax_bytes = {value}", "fetch.max_bytes", "bytes") for value in ("-1", "1e9", "9" * 30)),
        *((f"[fetch]\nretries = {value}", "fetch.retries", "from 0 to 10") for value in ("-1", "11", "true")),
        *((f'[fetch]\nuser_agent = "{value}"', "fetch.user_agent", "ASCII") for value in AGENTS),
        *((f"{SOURCE}interval = {value}", "source[1].interval", "seconds") for value in ("0", "-5", "1e9", "9" * 25)),
        *((f'{SOURCE}url = "{value}"', "source[1].url", "an http or https address") for value in ADDRESSES),
        *((f'{SOURCE}name = "{value}"', "source[1].name", "control characters") for value in STEERING),
        *((f'{SOURCE}category = "{value}"', "source[1].category", "control characters") for value in STEERING),
        *((f'[fetch]\nuser_agent = "{value}"', "fetch.user_agent", "control characters") for value in STEERING),
        *((f'archive = "{value}"', "archive", "control characters") for value in STEERING),
        *((f'[[view]]\nname = "{value}"\nquery = "a"', "view[1].name", "control characters") for value in STEERING),
        *((f'[[view]]\nname = "a"\nquery = "{value}"', "view[1].query", "control characters") for value in STEERING),
        ('"a\\u001b[31m\\u202e" = 1', "a�[31m�", "no such key"),
        ('[fetch]\n"\\u0085" = 1', "fetch. ", "no such key"),
    ],
)
def test_a_fault_names_file_key_and_what_was_expected(tmp_path: Path, text: str, key: str, expected: str) -> None:
    named = "" if "name =" in text else 'name = "a"\n'
    path = written(tmp_path, text.replace(SOURCE, SOURCE + named))
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    said = str(caught.value)
    assert said.isprintable()
    assert said.startswith(f"{path}: {key}: ")
    assert expected in said
    assert "\n" not in said


def test_two_sources_cannot_share_a_name(tmp_path: Path) -> None:
    row = '[[source]]\nname = "a"\nkind = "live"\nchannel = "152"\n'
    with pytest.raises(ConfigError, match=r"source\[2\]\.name"):
        config.load(written(tmp_path, row + row))


def test_two_views_share_neither_name_nor_key(tmp_path: Path) -> None:
    row = '[[view]]\nname = "a"\nquery = "甲"\nkey = "1"\n'
    with pytest.raises(ConfigError, match=r"view\[2\]\.name"):
        config.load(written(tmp_path, row + row))
    with pytest.raises(ConfigError, match=r"view\[2\]\.key"):
        config.load(written(tmp_path, row + row.replace('"a"', '"b"')))


def test_views_are_known_by_name(tmp_path: Path) -> None:
    loaded = config.load(written(tmp_path, '[[view]]\nname = "规划"\nquery = "has:plan due:<=2027"\nkey = "1"\n'))
    assert loaded.views == (config.View(name="规划", query="has:plan due:<=2027", key="1"),)
    assert loaded.view("规划") is loaded.views[0]
    with pytest.raises(ConfigError, match="no view called 无; there are 规划"):
        loaded.view("无")
    assert [view.name for view in config.load(config.shipped_path()).views] == ["今日", "未读规划"]


def test_a_bad_or_missing_file_is_one_line(tmp_path: Path) -> None:
    for path in (written(tmp_path, "= ="), tmp_path / "none.toml", tmp_path):
        with pytest.raises(ConfigError) as caught:
            config.load(path)
        assert "\n" not in str(caught.value)


def test_the_printed_configuration_is_read_as_the_same(tmp_path: Path) -> None:
    source = '[[source]]\nname = "甲\\"乙"\nkind = "rss"\nurl = "https://example.org/x"\ncategory = "金融/试"\n'
    loaded = config.load(written(tmp_path, f'language = "zh"\narchive = "mine"\n[fetch]\npause = 0.25\n{source}{VIEW}'))
    (tmp_path / "again.toml").write_text(config.text_of(loaded, loaded.archive), "utf-8")
    again = config.load(tmp_path / "again.toml")
    assert msgspec.structs.replace(again, path=loaded.path) == loaded


REQUESTS = """page = false
user_agent = "own/1.0"
ca = "ca.pem"
cookie = "C00kie"
login = { user = "bob", password = { file = "secret" } }
proxy = { env = "MY_PROXY" }
headers = { X-Key = "K3y", X-Other = { env = "OTHER" } }
"""


def test_a_source_has_request_settings_of_its_own(tmp_path: Path) -> None:
    text = f'{SOURCE}name = "a"\nurl = "https://a.cn/x"\n{REQUESTS}'
    source = config.load(written(tmp_path, text)).sources[0]
    assert source.page is False
    assert source.request == RequestSettings(
        headers=(("X-Key", Secret("K3y")), ("X-Other", Secret(env="OTHER"))),
        user_agent="own/1.0",
        login=(Secret("bob"), Secret(file=str(tmp_path / "secret"))),
        cookie=Secret("C00kie"),
        ca=str(tmp_path / "ca.pem"),
        proxy=Secret(env="MY_PROXY"),
    )
    assert source.plain.request == RequestSettings()
    one = config.load(written(tmp_path, f'{SOURCE}name = "a"\nurl = "https://a.cn/x"\nlogin = "bob:p:q"\n')).sources[0]
    assert one.request.login == (Secret("bob:p:q"),)
    assert config.load(config.shipped_path()).sources[0].request is PLAIN_REQUESTS


def test_a_login_stands_in_one_place_and_posts_have_none(tmp_path: Path) -> None:
    text = f'{SOURCE}name = "a"\nurl = "https://bob:pass@a.cn/x"\nlogin = "bob:pass"\n'
    with pytest.raises(ConfigError, match=r"source\[1\]\.login: expected one login"):
        config.load(written(tmp_path, text))
    for key in ("cookie", "login", "user_agent", "ca"):
        posts = f'[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n{key} = "a:b"\n'
        with pytest.raises(ConfigError, match=rf"source\[1\]\.{key}: expected no such key, as posts are files"):
            config.load(written(tmp_path, posts))


def test_the_printed_configuration_has_no_secret_and_else_the_same_settings(tmp_path: Path) -> None:
    text = f'{SOURCE}name = "a"\nurl = "https://a.cn/x"\n{REQUESTS}'
    loaded = config.load(written(tmp_path, text))
    printed = config.text_of(loaded, loaded.archive)
    assert not [secret for secret in ("C00kie", "bob", "K3y") if secret in printed]
    assert "# cookie 不显示 / is not shown" in printed
    again = printed.replace("# cookie 不显示 / is not shown", 'cookie = "C00kie"')
    again = again.replace("# login.user 不显示 / is not shown", 'login.user = "bob"')
    again = again.replace("# headers.X-Key 不显示 / is not shown", 'headers.X-Key = "K3y"')
    (tmp_path / "again.toml").write_text(again, "utf-8")
    assert config.load(tmp_path / "again.toml").sources == loaded.sources


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1:1200/x",
            "https://bob:pass@feeds.example.cn:65535/",
            "http://[::1]:80/",
            "HTTP://LOCALHOST/",
        ),
        *("http://例子.cn/源?频道=1", "http://my_host/", "http://a.cn.", "http://[fe80::1%25eth0]/"),
    ],
)
def test_a_valid_address_is_accepted(tmp_path: Path, url: str) -> None:
    path = written(tmp_path, f'[[source]]\nname = "甲"\nkind = "rss"\nurl = "{url}"\n')
    assert config.load(path).sources[0].url == url


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_is_skipped(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(head + 'language = "zh" # 中文\r\n'.encode())
    assert config.load(tmp_path / "config.toml").language == "zh"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030", "big5"])
def test_another_encoding_is_refused_with_advice(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "config.toml").write_bytes('language = "zh" # 語言：一二三\n'.encode(encoding, "replace"))
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        config.load(tmp_path / "config.toml")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "{b=" * 3000 + "1" + "}" * 3000,
        ".".join("a" * 3000) + " = 1",
        "a = " + "9" * 5000,
        "a = 2026-99-99",
        "a = \x1b[31m",
        "a = '\x00'",
        "#" * 4_000_001,
        "a" * 100_000 + " = 1",
        f"[fetch]\n{'b' * 50_000} = 1",
        f"[[source]]\n{'c' * 50_000} = 1",
    ],
)
def test_an_odd_file_is_refused_in_one_printable_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


def test_an_odd_path_is_named_in_one_printable_line(tmp_path: Path) -> None:
    for name in ("a\x1b[31m.toml", "a\u202e.toml", "a\0b", "x" * 300):
        with pytest.raises(ConfigError) as caught:
            config.load(tmp_path / name)
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["财经/要闻", " 要闻 ", "a//b", "/", "要闻", "1/2/3"])
@pytest.mark.parametrize("category", ["", "金融/要闻", "要闻"])
def test_a_configuration_that_is_shown_reads_back_to_itself(tmp_path: Path, name: str, category: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[[source]]\nname = "{name}"\nkind = "posts"\nurl = "p"\ncategory = "{category}"\n', "utf-8")
    found = config.load(file)
    file.write_text(config.text_of(found, found.archive), "utf-8")
    assert config.load(file) == found


def test_a_file_that_the_environment_names_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ConfigError, match=r"none\.toml: there is no such file"):
        config.load()
    monkeypatch.setenv("ZHENGWEN_CONFIG", str(written(tmp_path, 'language = "en"')))
    assert config.load().language == "en"
    monkeypatch.setenv("ZHENGWEN_CONFIG", "")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nowhere"))
    assert config.load().path == config.shipped_path()


def test_pipes_are_read_and_printed_as_the_same(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[[pipe]]\nname = "字数"\ncommand = "wc -m"\n'
        '[[pipe]]\nname = "行"\ncommand = ["sort", "a b"]\ninput = "rows-csv"\noutput = "terminal"\n',
    )
    pipes = config.load(path).pipes
    assert [(pipe.name, pipe.command, pipe.input, pipe.output) for pipe in pipes] == [
        ("字数", ("wc", "-m"), "text", "shown"),
        ("行", ("sort", "a b"), "rows-csv", "terminal"),
    ]
    printed = written(tmp_path, config.text_of(config.load(path), tmp_path))
    assert config.load(printed).pipes == pipes


PIPE = '[[pipe]]\nname = "字数"\ncommand = "wc"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PIPE + PIPE, "pipe[2].name: expected a name that no other pipe has"),
        (PIPE + 'inptu = "text"\n', "pipe[1].inptu: there is no such key; did you mean input?"),
        (PIPE + 'input = "plan-jsn"\n', "did you mean plan-json?"),
        (PIPE + 'output = "screen"\n', "pipe[1].output: expected one of shown, terminal"),
        ('[[pipe]]\nname = "a"\ncommand = "wc \'x"\n', "pipe[1].command: expected a command such as"),
        ('[[pipe]]\nname = "a"\ncommand = []\n', "pipe[1].command: expected a command such as"),
        ('[[pipe]]\nname = "a"\ncommand = 5\n', "pipe[1].command: expected a command such as"),
        ('[[pipe]]\nname = "a"\n', "pipe[1].command: expected a command such as"),
        ("pipe = 3\n", "pipe: expected [[pipe]] tables"),
        ("languge = 'zh'\n", "languge: there is no such key; did you mean language?"),
        ("[fetch]\ndedline = 3\n", "fetch.dedline: there is no such key; did you mean deadline?"),
        ("[[view]]\nname = 'a'\nqurey = 'is:unread'\n", "view[1].qurey: there is no such key; did you mean query?"),
    ],
)
def test_a_mistake_names_the_nearest_right_word(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(written(tmp_path, text))
    assert sentence in str(caught.value)


def test_a_pipe_reads_what_an_export_can_write() -> None:
    names = {form.name for form in FORMATS if form.of == "articles"}
    assert set(PIPE_INPUTS) <= names | {"text", "chosen", "rows", "rows-csv", "rows-json"}
