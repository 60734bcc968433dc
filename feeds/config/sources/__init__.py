"""Keys of config.toml that few readers have, each group read in a module that is imported when a file has them.

requests  headers, user agent, login, cookie, authorities and proxy of a source's requests
rules     [[rule]] and mute words: the marks that a new article gets
"""
