"""The parts that the main screen owns: one object for each concern. They have the actions of its commands.

Each part knows the screen as a `StatefulScreen` and the parts below it, never one above. From below to above: panes,
counts, marking, open_article, filtering, navigation and dialogs; web_page and poller_news stand beside them.
"""
