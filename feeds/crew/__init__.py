"""The processes that read what comes from outside, for the poller and the import alike.

    tasks     what a process can be asked to read, and its answer; pure
    pool      the processes, and what becomes of a text that takes one down
    worker    one of them: `python -m feeds.crew.worker`

Parsers in C may crash, and a hostile text may keep one busy for minutes; no `except` sees either. So whatever is parsed
is parsed in a process that can be lost, and the one that lost it knows which text it was. Two of them use two cores.
"""
