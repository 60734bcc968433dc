"""A folder of invented front-matter posts, as Hexo has them, for trying `zhengwen import`.

    python -m tests.benchmarks.posts FOLDER [--count 20000] [--every MINUTES]

The texts are those of tests/archive/corpus.py, two to three kilobytes each, a thousand posts a folder; no file's
name tells its day, so that the front matter must.
"""

import argparse
import html
from datetime import timedelta
from pathlib import Path

from feeds.model import Article
from tests.archive.corpus import article


def post_of(told: Article) -> str:
    """The article as a post."""
    category = "\n".join(f" - {part}" for part in told.categories[0])
    paragraphs = "\n".join(f"<p>　　{html.escape(text)}</p>" for text in told.paragraphs)
    return (
        f"---\ntitle: '{told.title}'\nlink: {told.url}\ndate: {told.published:%Y-%m-%d %H:%M:%S}\n"
        f"categories:\n{category}\nauthor: {told.origin}\n---\n\n<div>{paragraphs}</div>\n"
    )


def write_posts(folder: Path, count: int, *, every: timedelta = timedelta(minutes=5)) -> None:
    """Write `count` posts."""
    for number in range(count):
        place = folder / f"{number // 1000:04}"
        if number % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:07}.md").write_text(post_of(article(number, every=every)), "utf-8")


def main() -> None:
    """Write the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--every", type=float, default=5.0, metavar="MINUTES")
    asked = parser.parse_args()
    write_posts(asked.folder, asked.count, every=timedelta(minutes=asked.every))


if __name__ == "__main__":
    main()
