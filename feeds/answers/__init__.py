"""The kind of an answer: the requested text, a file of another kind, or a page in front of the text.

    media    the first bytes of a body and its content type → the kind of file
    walls    the words of a page → whether it is a wall (a check, a login, an error) or an empty frame
    bodies   the same for texts that a feed contains
    terms    the words of walls

Pure, and without a parser, so that the poller can use it too, not only the workers.
"""
