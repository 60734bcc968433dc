"""What an answer is: the text that was asked for, a file of another kind, or a page that stands in front of the text.

    media    a body's first bytes and its content type → what kind of file it is
    walls    the words of a page → whether it is a wall (a check, a login, an error) or an empty frame
    bodies   the same of the texts that a feed carries with its items
    terms    the words by which a wall is recognised

Pure, and without a parser, so that the poller can ask as well as the processes that read.
"""
