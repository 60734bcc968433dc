"""Articles and day files made ready for the index, by processes of their own where there are many.

articles  a new article made ready; a worker that reads it does this
days      a day's file as parts of prepared articles
worker    the program of a process that prepares: `python -m feeds.archive.preparation.worker`
pool      the processes, or this one where there is little to prepare
"""
