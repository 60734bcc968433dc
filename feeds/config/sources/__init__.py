"""The keys of a [[source]] that few sources have, each group read in a module that is imported when one has them.

requests  headers, user agent, login, cookie, authorities and proxy of its requests
"""
