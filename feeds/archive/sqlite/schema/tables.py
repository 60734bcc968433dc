"""The index's tables as statements.

`article.at` is the row's number and its time: seconds since 1970 times 64, plus its place among the articles of that
second. So the table, every index that ends in a row number, and the full-text lists all stand in time order, and the
newest hits of anything are read from an end. Counts are kept, label by label (`all`, a source, a
category and each of its parents, an agency, a tag, a day, a month, a part of the plan): none grows with the archive.
The row store counts new rows, many at once (feeds.archive.sqlite.label_numbers); triggers count what follows.

A group of duplicates has one row in `article`. `member` has the own row of each article in the group
(see feeds.archive.sqlite.duplicates.groups). A hidden article has its row there alone, under a leader that is no row.
The view `known` has all articles.

`due_count` has the rows of the table of targets by their day and first agency, `due_other` those with more agencies by
each of the others.

`flags.sqlite` is a file of its own, because the index may be deleted at any time and a reader's flags may not.
"""

from feeds.archive.sqlite.flag_columns import COLUMN_TYPES
from feeds.archive.sqlite.rows import tables

VERSION = 11  # raise it when the tables, feeds.archive.sqlite.grams, or the rules for duplicates or titles change

_COLUMNS = """
    at INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, shard INTEGER NOT NULL, published INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT NOT NULL, source TEXT NOT NULL, category TEXT NOT NULL, origin TEXT NOT NULL,
    agency TEXT NOT NULL, badge TEXT NOT NULL, unread INTEGER NOT NULL, starred INTEGER NOT NULL, tags TEXT NOT NULL,
    flash INTEGER NOT NULL, has_plan INTEGER NOT NULL, groups INTEGER NOT NULL, goals INTEGER NOT NULL,
    targets INTEGER NOT NULL, tasks INTEGER NOT NULL, end_year INTEGER NOT NULL, files INTEGER NOT NULL,
    labels TEXT NOT NULL,
    seen INTEGER NOT NULL, changed INTEGER NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1, apart INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0,
    marks TEXT NOT NULL DEFAULT '{}'
"""
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('change', 0), ('joined', 0);
CREATE TABLE touched (turn INTEGER PRIMARY KEY, low INTEGER NOT NULL, high INTEGER NOT NULL);
CREATE TABLE article ({columns});
CREATE INDEX article_unread ON article (unread) WHERE unread = 1;
CREATE INDEX article_starred ON article (starred) WHERE starred = 1;
CREATE INDEX article_groups ON article (groups) WHERE groups > 0;
CREATE INDEX article_seen ON article (seen);
CREATE INDEX article_changed ON article (changed) WHERE changed > 0;
CREATE INDEX article_shard ON article (shard);
CREATE TABLE body (at INTEGER PRIMARY KEY, text BLOB NOT NULL);
CREATE VIRTUAL TABLE gram USING fts5 (word, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE TABLE todo (at INTEGER PRIMARY KEY);
CREATE TABLE name (hash INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE label (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, UNIQUE (kind, value)
);
CREATE TABLE tagged (label INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (label, at)) WITHOUT ROWID;
CREATE TABLE member ({columns}, leader INTEGER NOT NULL, text BLOB NOT NULL, rows TEXT NOT NULL);
CREATE INDEX member_leader ON member (leader);
CREATE INDEX member_shard ON member (shard);
CREATE VIEW known AS SELECT at, id, shard, published, title, apart, hidden, marks FROM article
    UNION ALL SELECT at, id, shard, published, title, apart, hidden, marks FROM member WHERE at <> leader;
CREATE TABLE fresh (at INTEGER PRIMARY KEY);
CREATE TABLE band (key INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sketch (at INTEGER PRIMARY KEY, numbers BLOB NOT NULL);
CREATE TABLE pair (one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE document (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, stage INTEGER NOT NULL, age REAL NOT NULL,
    refused TEXT NOT NULL, members INTEGER NOT NULL, deadlines TEXT NOT NULL, complete INTEGER NOT NULL,
    counted INTEGER NOT NULL, targets INTEGER NOT NULL, disputed INTEGER NOT NULL, largest TEXT NOT NULL,
    merged INTEGER NOT NULL
);
CREATE INDEX document_seen ON document (age, title);
CREATE INDEX document_stage ON document (stage, age, title);
CREATE INDEX document_title ON document (title, age);
CREATE INDEX document_unmerged ON document (merged) WHERE merged = 0;
CREATE TABLE ending (
    day TEXT NOT NULL, age REAL NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (day, age, doc)
) WITHOUT ROWID;
CREATE INDEX ending_doc ON ending (doc, day);
CREATE TABLE unjoined (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE due_count (
    day TEXT NOT NULL, agency TEXT NOT NULL, kind INTEGER NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (day, agency, kind)
) WITHOUT ROWID;
CREATE TABLE due_other (
    day TEXT NOT NULL, agency TEXT NOT NULL, kind INTEGER NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (day, agency, kind)
) WITHOUT ROWID;
CREATE TABLE shard (day INTEGER PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE TABLE folder (year TEXT PRIMARY KEY, modified INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE dirty (day INTEGER PRIMARY KEY);
"""

_TRIGGERS = (
    """CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    UPDATE label SET total = total - 1, unread = unread - OLD.unread
    WHERE id IN (SELECT value FROM json_each(OLD.labels)); END""",
    """CREATE TRIGGER article_read AFTER UPDATE OF unread ON article WHEN NEW.unread <> OLD.unread BEGIN
    UPDATE label SET unread = unread + NEW.unread - OLD.unread
    WHERE id IN (SELECT value FROM json_each(NEW.labels)); END""",
    """CREATE TRIGGER article_labelled AFTER UPDATE OF labels ON article BEGIN
    UPDATE label SET total = total - 1, unread = unread - OLD.unread
    WHERE id IN (SELECT value FROM json_each(OLD.labels));
    UPDATE label SET total = total + 1, unread = unread + NEW.unread
    WHERE id IN (SELECT value FROM json_each(NEW.labels)); END""",
    """CREATE TRIGGER statement_added AFTER INSERT ON statement WHEN NEW.deadline <> '' BEGIN
    INSERT INTO due_count VALUES (NEW.ends, NEW.agency, NEW.kind, 1)
    ON CONFLICT DO UPDATE SET total = total + 1; END""",
    """CREATE TRIGGER statement_removed AFTER DELETE ON statement WHEN OLD.deadline <> '' AND OLD.leads BEGIN
    UPDATE due_count SET total = total - 1 WHERE day = OLD.ends AND agency = OLD.agency AND kind = OLD.kind; END""",
    """CREATE TRIGGER statement_led AFTER UPDATE OF leads ON statement
    WHEN NEW.deadline <> '' AND NEW.leads <> OLD.leads BEGIN
    UPDATE due_count SET total = total + NEW.leads - OLD.leads
    WHERE day = NEW.ends AND agency = NEW.agency AND kind = NEW.kind; END""",
    """CREATE TRIGGER others_added AFTER INSERT ON statement
    WHEN NEW.deadline <> '' AND json_array_length(NEW.agencies) > 1 BEGIN INSERT INTO due_other
    SELECT NEW.ends, value, NEW.kind, 1 FROM json_each(NEW.agencies) WHERE key > 0
    ON CONFLICT DO UPDATE SET total = total + 1; END""",
    """CREATE TRIGGER others_removed AFTER DELETE ON statement
    WHEN OLD.deadline <> '' AND OLD.leads AND json_array_length(OLD.agencies) > 1 BEGIN
    UPDATE due_other SET total = total - 1 WHERE day = OLD.ends AND kind = OLD.kind
    AND agency IN (SELECT value FROM json_each(OLD.agencies) WHERE key > 0); END""",
    """CREATE TRIGGER others_led AFTER UPDATE OF leads ON statement
    WHEN NEW.deadline <> '' AND NEW.leads <> OLD.leads AND json_array_length(NEW.agencies) > 1 BEGIN
    UPDATE due_other SET total = total + NEW.leads - OLD.leads WHERE day = NEW.ends AND kind = NEW.kind
    AND agency IN (SELECT value FROM json_each(NEW.agencies) WHERE key > 0); END""",
)

_PENDING = ", ".join(f"{name} {kind}" for name, kind in COLUMN_TYPES.items())
FLAGS = f"CREATE TABLE IF NOT EXISTS flags.pending ({_PENDING})"


def statements() -> list[str]:
    """The statements that create the tables of an empty index, in their order."""
    plain = _TABLES.format(columns=_COLUMNS.strip()).split(";\n")
    own = [statement for table in tables.ARTICLE_TABLES for statement in table.schema]
    return [*(text for text in plain if text.strip()), *own, *_TRIGGERS]
