"""What comes in by a command and not by a feed: one article from anywhere, and folders of posts.

    article    a file, an address or standard input → Article
    posts      folders of posts into the archive: folders → workers → archive → journal
    folders    which files, in which order
    journal    what is in already, for a second run

It stands beside the poller, above the same rooms, so that what a command shows or stores is what the poller archives.
"""
