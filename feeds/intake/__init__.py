"""Intake: what comes by a command and not by a feed. One article from anywhere, and folders of posts.

    article    a file, an address or standard input → Article
    posts      folders of posts into the archive: folders → workers → archive → journal
    folders    which files are read, in which order
    journal    which files are stored already, for a second run

It is beside the poller and uses the same packages. So a command shows and stores an article as the poller does.
"""
