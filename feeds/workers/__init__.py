"""Worker processes that parse what comes from outside. The poller and the import use them.

    tasks     what a worker can read, and the answer it gives; pure
    pool      the workers, and what happens to a text that crashes one
    memory    the memory that they keep, and the poller gives back
    worker    the program of a worker: `python -m feeds.workers.worker`

A parser in C may crash, and a hostile text may occupy one for minutes. No `except` catches either. So every text is
parsed in a process that may die. The process that started it knows which text it was reading. Two workers use two
processor cores.
"""
