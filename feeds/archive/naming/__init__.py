"""Which record of the archive an article is.

homes      where what is stored belongs; the writer's question
owners     who has a name; the poller's question
splitting  a record that was taken for several articles
"""
