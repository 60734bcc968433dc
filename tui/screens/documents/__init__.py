"""The documents: all of them as a table, and the page of one."""
