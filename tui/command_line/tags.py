"""The tags at the beginning of what is written behind `:tag`. Pure."""


def tags_and_query(argument: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Tags to add, tags to take away, and the query behind them.

    Signed words at the beginning are tags: `+制造 -旧 due:2025`. Without one, the first word is the tag to add.
    """
    words = argument.split()
    signed = 0
    while signed < len(words) and words[signed][0] in "+-＋－" and len(words[signed]) > 1:
        signed += 1
    if not signed and words:
        return (words[0].lstrip("#＃"),), (), " ".join(words[1:])
    added = tuple(word[1:].lstrip("#＃") for word in words[:signed] if word[0] in "+＋")
    gone = tuple(word[1:].lstrip("#＃") for word in words[:signed] if word[0] in "-－")
    return added, gone, " ".join(words[signed:])
