"""Which record of the archive an article is.

homes      where what is stored belongs; the writer's question
splitting  a record that was taken for several articles
"""
