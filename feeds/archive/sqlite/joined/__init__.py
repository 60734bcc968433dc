"""What articles say, joined over all of them: the table of targets and the table of documents."""
