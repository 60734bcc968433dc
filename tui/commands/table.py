"""The table of commands. Bindings, the footer line, the help and the palette are all made from it.

It stands below the widgets, which take their keys from here with `bindings_of("list")`; a command's action is a method
`action_<name>` of the widget, screen or app that stands in `where`. Keys follow vim and newsboat. Labels are the
catalogue's keys and are translated where they are shown, because the language is chosen after this module is loaded.
"""

from tui.commands.command import DIALOG, FILTERING, MOVING, READING, WINDOW, Command, Place
from tui.words import N_

_ROWS: tuple[Place, ...] = ("list", "reader", "plan", "rows")
_CHOOSING_TOO = ("cursor-down", "cursor-up", "top", "bottom")


def _main(name: str, keys: str, label: str, tooltip: str, group: str, footer: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("main",), group, footer)


def _copy(name: str, key: str, label: str, tooltip: str, short: str = "") -> Command:
    return Command(name, (f"y {key}", *short.split()), label, tooltip, ("main",), READING)


def _step(name: str, keys: str, label: str, tooltip: str, group: str = WINDOW, footer: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("main",), group, footer, palette=False)


def _screen(name: str, keys: str, label: str, tooltip: str, screen: str, footer: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("main", "lasting"), WINDOW, footer, screen=screen)


def _move(name: str, keys: str, label: str, tooltip: str) -> Command:
    places = (*_ROWS, "choosing") if name in _CHOOSING_TOO else _ROWS
    return Command(name, tuple(keys.split()), label, tooltip, places, MOVING, palette=False)


def _digits(name: str, label: str, tooltip: str, where: Place, group: str, before: str = "apostrophe ") -> Command:
    keys = tuple(f"{before}{digit}" for digit in "123456789")
    return Command(name, keys, label, tooltip, (where,), group, palette=False, gets_key=True)


def _app(name: str, keys: str, label: str, tooltip: str) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("app",), WINDOW, palette=False)


def _choosing(name: str, keys: str, label: str, tooltip: str, group: str, footer: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("choosing",), group, footer, palette=False)


def _hit(name: str, keys: str, label: str, tooltip: str, footer: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("hits",), MOVING, footer)


def _change(name: str, keys: str, label: str, tooltip: str, footer: int) -> Command:
    return Command(name, tuple(keys.split()), label, tooltip, ("changes",), MOVING, footer, palette=False)


def _dialog(name: str, keys: str, label: str, tooltip: str, where: Place | tuple[Place, ...], footer: int) -> Command:
    places = (where,) if isinstance(where, str) else where
    return Command(name, tuple(keys.split()), label, tooltip, places, DIALOG, footer, palette=False)


SCREENS: tuple[Command, ...] = (
    _screen(
        "sources",
        "s",
        N_("Sources"),
        N_("Every source: last article, next turn, failure"),
        "tui.screens.sources:SourcesScreen",
    ),
    _screen(
        "compare",
        "x",
        N_("Compare"),
        N_("Mark the article; at another one, compare the two"),
        "tui.screens.compare:CompareScreen",
    ),
    _screen(
        "targets",
        "L",
        N_("Targets"),
        N_("Targets and goals of the articles shown, by deadline"),
        "tui.screens.targets:TargetsScreen",
        6,
    ),
    _screen(
        "calendar",
        "C",
        N_("Calendar"),
        N_("What falls due in each year, half-year and month, and of each agency"),
        "tui.screens.calendar:CalendarScreen",
        7,
    ),
    _screen(
        "documents",
        "D",
        N_("Documents"),
        N_("Every document, whatever article speaks of it"),
        "tui.screens.documents.table:DocumentsScreen",
    ),
    _screen(
        "document",
        "i",
        N_("Document"),
        N_("The page of the article's document: its stages, its plan, what it rests on"),
        "tui.screens.documents.page:DocumentScreen",
    ),
)
"""The registry of lasting screens: the command that opens each, with its name, key and words, and the class to make."""

COMMANDS: tuple[Command, ...] = (
    Command("open", ("enter",), N_("Open"), N_("Read the article and mark it read"), ("list",), READING, 1),
    _main("next-unread", "n", N_("Next unread"), N_("Go to the next unread article"), READING, 4),
    _main("previous-unread", "N", N_("Previous unread"), N_("Go to the unread article before"), READING),
    _main("earlier", "ctrl+o alt+left", N_("Earlier"), N_("The article that was read before this one"), READING),
    _main("later", "alt+right", N_("Later"), N_("The article that was read after this one"), READING),
    _step("read-on", "space", N_("Read on"), N_("A page down; at the article's end the next unread"), READING),
    _main("toggle-read", "m", N_("Read/unread"), N_("Mark the article read, or unread again"), READING, 9),
    _main("toggle-star", "f", N_("Star"), N_("Star the article, or take the star away"), READING, 8),
    _main("part", "equals_sign", N_("Apart/together"), N_("Copies of one piece apart, or together again"), READING),
    _main("tag", "number_sign", N_("Tags"), N_("Give the article tags of your own, or take them away"), READING, 16),
    _main("choose-range", "V", N_("Range"), N_("Choose a range in the list, then mark it: read, star, tags"), READING),
    _main("read-all", "A", N_("All read"), N_("Mark everything the filter shows as read"), READING),
    _main("undo", "u", N_("Undo"), N_("Undo the last marks: read, unread, star, tags, apart"), READING, 13),
    _main(
        "changes",
        "d",
        N_("What changed"),
        N_("An edited article beside its earlier version, or back"),
        READING,
        17,
    ),
    _main("browse", "o", N_("Browser"), N_("Open the article's page in the web browser"), READING, 10),
    _copy("copy-url", "y", N_("Copy address"), N_("Copy the article's address to the clipboard"), "Y"),
    _copy("copy-title", "t", N_("Copy title"), N_("Copy the article's title and address")),
    _copy("copy-quotation", "s", N_("Copy sentence"), N_("Copy the marked sentence with its source")),
    _copy("copy-plan", "p", N_("Copy plan"), N_("Copy the plan as a Markdown outline")),
    _copy("copy-id", "i", N_("Copy id"), N_("Copy the article's id for the command line")),
    _main("export", "e", N_("Export"), N_("Write the article, its plan, or all of the filter into a file"), READING),
    Command(
        "pipe",
        ("vertical_line",),
        N_("Pipe"),
        N_("Give the text, the chosen text, the plan or the rows to a command"),
        ("main", "choosing"),
        READING,
    ),
    Command(
        "note",
        ("a",),
        N_("Note"),
        N_("Write a note on the article, on the sentence in the text, or on the chosen text"),
        ("main", "choosing"),
        READING,
    ),
    _main("fetch", "w", N_("Text again"), N_("Ask for the article's text again"), READING),
    _main("reload", "r", N_("Reload"), N_("Ask the article's source now"), READING, 11),
    _main("reload-all", "R", N_("Reload all"), N_("Ask every source now"), READING),
    _move("cursor-down", "j down", N_("Down"), N_("One line down")),
    _move("cursor-up", "k up", N_("Up"), N_("One line up")),
    _move("top", "g home", N_("Top"), N_("To the first line")),
    _move("bottom", "G end", N_("Bottom"), N_("To the last line")),
    _move("half-page-down", "ctrl+d", N_("Half a page down"), N_("Half a page down")),
    _move("half-page-up", "ctrl+u", N_("Half a page up"), N_("Half a page up")),
    _move("page-down", "ctrl+f pagedown", N_("Page down"), N_("A page down")),
    _move("page-up", "ctrl+b pageup", N_("Page up"), N_("A page up")),
    _hit("next-hit", "n", N_("Next hit"), N_("In a search's text: the next hit, then the next article's"), 4),
    _hit("previous-hit", "N", N_("Hit before"), N_("In a search's text: the hit before")),
    _change("next-change", "n", N_("Next"), N_("In a comparison of versions: the next difference"), 4),
    _change("previous-change", "N", N_("Previous"), N_("In a comparison of versions: the difference before"), 5),
    _change("older-version", "less_than_sign", N_("Older"), N_("Compare with the version before"), 6),
    _change("newer-version", "greater_than_sign", N_("Newer"), N_("Compare with the version after it"), 6),
    Command(
        "choose-text",
        ("v",),
        N_("Choose text"),
        N_("Choose text from this line on; y copies it"),
        ("text",),
        READING,
        9,
    ),
    Command("find", ("slash",), N_("Find"), N_("Find words in the text; n and N go on"), ("text",), MOVING, 5),
    _choosing("copy-choice", "y enter ctrl+c", N_("Copy"), N_("Copy the chosen text"), READING, 1),
    _choosing("end-choice", "escape q v", N_("Leave"), N_("Choose no text after all"), READING, 2),
    _choosing("next-character", "l right", N_("Character"), N_("In chosen text: a character on"), MOVING, 3),
    _choosing("previous-character", "h left", N_("Back"), N_("In chosen text: a character back"), MOVING),
    _choosing("next-word", "w", N_("Word"), N_("In chosen text: to the next word, or run of characters"), MOVING, 4),
    _choosing("previous-word", "b", N_("Word back"), N_("In chosen text: to the word before"), MOVING),
    _choosing("line-start", "0", N_("Line start"), N_("In chosen text: to the beginning of the line"), MOVING),
    _choosing("line-end", "dollar_sign", N_("Line end"), N_("In chosen text: to the end of the line"), MOVING, 5),
    _choosing(
        "next-paragraph", "right_curly_bracket", N_("Paragraph"), N_("In chosen text: a paragraph on"), MOVING, 6
    ),
    _choosing(
        "previous-paragraph", "left_curly_bracket", N_("Paragraph back"), N_("In chosen text: a paragraph back"), MOVING
    ),
    _choosing("other-end", "o", N_("Other end"), N_("In chosen text: move its other end"), MOVING, 7),
    _main("next-place", "right_curly_bracket", N_("Next place"), N_("The plan's next sentence in the text"), MOVING),
    _main("previous-place", "left_curly_bracket", N_("Place before"), N_("The plan's sentence before"), MOVING),
    _main("to-targets", "I", N_("To targets"), N_("In the plan: the next target"), MOVING),
    _main("to-goals", "M", N_("To goals"), N_("In the plan: the next goal"), MOVING),
    _main("to-lists", "E", N_("To lists"), N_("In the plan: the next list of tasks, measures or projects"), MOVING),
    _main("to-documents", "B", N_("To documents"), N_("In the plan: the next document"), MOVING),
    _step("pane-right", "l right", N_("Pane right"), N_("To the pane on the right"), MOVING),
    _step("pane-left", "h left", N_("Pane left"), N_("To the pane on the left"), MOVING),
    _step("next-pane", "tab", N_("Next pane"), N_("To the next pane"), MOVING),
    _step("previous-pane", "shift+tab", N_("Previous pane"), N_("To the pane before"), MOVING),
    _main("search", "slash", N_("Search"), N_("Search title and text, or write any filter"), FILTERING, 5),
    _main("filter", "F", N_("Filter"), N_("Choose categories, agencies, dates and marks"), FILTERING, 6),
    _main("unread-only", "U", N_("Unread only"), N_("Only unread articles, or all again"), FILTERING),
    _main("starred-only", "asterisk", N_("Starred only"), N_("Only starred articles, or all again"), FILTERING),
    _main("today", "t", N_("Today"), N_("Only today's articles, or all again"), FILTERING),
    _main("this-week", "T", N_("This week"), N_("Only this week's articles, or all again"), FILTERING),
    _main("best-first", "", N_("Best first"), N_("A search's best hits first, or the newest first again"), FILTERING),
    _main("sort", "O", N_("Sort"), N_("Choose the order of the list"), FILTERING),
    _main("views", "v", N_("Views"), N_("Choose one of the filters that config.toml keeps"), FILTERING, 15),
    _main("save-view", "S", N_("Keep view"), N_("Name the filter in force and keep it as a view"), FILTERING),
    _main("watch", "W", N_("Follow"), N_("Tell of new articles of this filter, or no longer"), FILTERING),
    _digits("numbered-view", N_("View by number"), N_("Show the first view, the second, …"), "main", FILTERING),
    _main("drop-term", "backspace", N_("Drop term"), N_("Take the last term out of the filter"), FILTERING),
    _main("clear-filter", "c", N_("Clear filter"), N_("Show all articles again"), FILTERING, 12),
    _step("back", "q", N_("Back"), N_("One step back; in the list, pressed twice: quit"), WINDOW, 7),
    Command("leave", ("q",), N_("Quit"), N_("Pressed twice: leave zhengwen"), ("last",), WINDOW, 7, palette=False),
    _step("escape", "escape", N_("Leave"), N_("Back to the list; there, clear the filter"), WINDOW),
    _main("plan", "p", N_("Plan"), N_("Show or hide the plan"), WINDOW, 3),
    _main("zoom", "z", N_("Zoom"), N_("Give the whole window to one pane, or back"), WINDOW, 14),
    _main("narrower", "left_square_bracket", N_("Smaller list"), N_("Give the list less room"), WINDOW),
    _main("wider", "right_square_bracket", N_("Larger list"), N_("Give the list more room"), WINDOW),
    *SCREENS,
    _main("since-left", "", N_("Since you left"), N_("What is new, edited and due since the last session"), WINDOW),
    Command(
        "palette",
        ("colon",),
        N_("Commands"),
        N_("Find a command by its name, or write one with arguments"),
        ("main", "choosing"),
        WINDOW,
        palette=False,
    ),
    Command("toggle-theme", (), N_("Light/dark"), N_("The light theme, or the dark one"), ("app",), WINDOW),
    Command(
        "help",
        ("question_mark", "f1"),
        N_("Help"),
        N_("All keys, the filter language, the signs"),
        ("main", "lasting"),
        WINDOW,
        2,
        screen="tui.screens.dialogs.help:HelpScreen",
    ),
    _app("suspend-process", "ctrl+z", N_("Suspend"), N_("Back to the shell; fg returns")),
    Command("redraw", ("ctrl+l",), N_("Draw again"), N_("Draw the whole screen again"), ("app",), WINDOW),
    Command("quit", ("ctrl+q",), N_("Quit"), N_("Leave zhengwen"), ("app",), WINDOW),
    Command("hint-quit", ("ctrl+c",), N_("Quit"), N_("Pressed twice: leave zhengwen"), ("app",), WINDOW, palette=False),
    _dialog("complete", "tab", N_("Complete"), N_("Take the word that is offered"), "line", 1),
    _dialog("accept", "enter", N_("Keep"), N_("Keep what is written, or take the chosen word"), "line", 2),
    _dialog("cancel", "escape", N_("Leave"), N_("Leave everything as it was"), "line", 3),
    _dialog("next-offer", "down ctrl+n", N_("Next"), N_("The next word; where none is offered, keep"), "line", 4),
    _dialog("previous-offer", "up ctrl+p", N_("Previous"), N_("The word before"), "line", 5),
    _dialog("take-text", "enter", N_("Find"), N_("Go to the next place of what is written"), "find", 1),
    _dialog("find-nothing", "escape", N_("Leave"), N_("Mark nothing in the text"), "find", 2),
    _dialog("take-name", "enter", N_("OK"), N_("Take what is written"), "name", 1),
    _dialog("choose", "enter", N_("Choose"), N_("Take this line: in the plan, show its sentence"), ("rows", "plan"), 1),
    _dialog("add", "space", N_("Add"), N_("Add this line to the filter, or take it out"), "facets", 2),
    _dialog("unfold", "l right", N_("Unfold"), N_("Show what is inside"), ("facets", "plan"), 4),
    _dialog("fold", "h left", N_("Fold"), N_("Hide what is inside"), ("facets", "plan"), 5),
    _dialog("clear", "c", N_("Clear filter"), N_("Show all articles again"), "filters", 6),
    _dialog("rename-view", "e", N_("Rename"), N_("Write another name for the view"), "views", 2),
    _dialog("remove-view", "d", N_("Remove"), N_("Take the view out of config.toml"), "views", 3),
    _dialog("undo-view", "u", N_("Undo"), N_("Undo the last change of the views"), "views", 4),
    _dialog("move-down", "J", N_("Move down"), N_("Move the view down"), "views", 5),
    _dialog("move-up", "K", N_("Move up"), N_("Move the view up"), "views", 6),
    _dialog("give-key", "equals_sign", N_("Key"), N_("Give the view a key of its own"), "views", 7),
    _digits("take", N_("Choose"), N_("Choose by number"), "views", DIALOG, before=""),
    _dialog("show-details", "enter", N_("Details"), N_("All that is known of this source, or less"), "sources", 1),
    _dialog("toggle-pause", "space", N_("Pause"), N_("Poll this source no more, or again"), "sources", 3),
    _dialog("add-source", "a", N_("Add"), N_("Make a source of an address, a channel or a folder"), "sources", 4),
    _dialog("edit-source", "e", N_("Edit"), N_("Write another name, address or category"), "sources", 5),
    _dialog("remove-source", "d", N_("Remove"), N_("Take this source out of config.toml"), "sources", 5),
    _dialog("undo-source", "u", N_("Undo"), N_("Undo the last change of the sources"), "sources", 6),
    _dialog("show-articles", "slash", N_("Articles"), N_("Only the articles of this source"), "sources", 7),
    _dialog("ask", "r", N_("Reload"), N_("Ask this source now"), "sources", 2),
    _dialog("ask-all", "R", N_("Reload all"), N_("Ask every source now"), "sources", 4),
    _dialog("toggle-texts", "t", N_("Texts/plans"), N_("Compare the texts, or the plans again"), "compare", 1),
    _dialog("next-difference", "n", N_("Next"), N_("The next difference"), "compare", 2),
    _dialog("previous-difference", "N", N_("Previous"), N_("The difference before"), "compare", 4),
    _dialog("toggle-same", "a", N_("Same too"), N_("Show what is the same too, or leave it out"), "compare", 5),
    _dialog("swap", "s", N_("Swap"), N_("Exchange the two sides"), "compare", 6),
    _dialog("forget", "x", N_("Forget"), N_("Forget both articles and close"), "compare", 7),
    _dialog("open-place", "enter", N_("Article"), N_("Open the article at this sentence"), "targets", 1),
    _dialog("read-sentence", "space", N_("Sentence"), N_("Show the sentence of this row, or hide it"), "targets", 2),
    _dialog("write-filter", "slash", N_("Filter"), N_("Write another filter for this table"), "table", 3),
    _dialog("next-order", "O", N_("Order"), N_("Sort by the next column"), "table", 4),
    _dialog("copy-row", "y", N_("Copy"), N_("Copy the row with its source"), ("targets", "documents"), 5),
    _dialog("widen", "c", N_("All articles"), N_("List the rows of all articles"), "table", 6),
    _dialog("next-statement", "n", N_("Next"), N_("The next article that states the same"), "targets", 7),
    _dialog("previous-statement", "N", N_("Before"), N_("The article before that states the same"), "targets", 8),
    _dialog("list-bar", "enter", N_("Rows"), N_("List the targets and goals of this bar"), "calendar", 1),
    _digits("numbered-order", N_("Order by number"), N_("Take the first order, the second, …"), "table", DIALOG),
    _dialog("open-document", "enter i", N_("Page"), N_("The document's page"), "documents", 1),
    _dialog(
        "draft-and-final",
        "d",
        N_("Draft/final"),
        N_("Compare the document's draft with its final text"),
        ("documents", "document"),
        3,
    ),
    _dialog("compare-document", "x", N_("Compare"), N_("Mark this document; at another, compare"), "documents", 7),
    _dialog("related", "i", N_("That document"), N_("The page of the document that this line names"), "document", 4),
    _dialog("next-document", "n", N_("Next document"), N_("The article's next document"), "document", 5),
    _dialog(
        "separate",
        "equals_sign",
        N_("Apart"),
        N_("Take the article under the cursor out of this document, where it is joined wrongly"),
        "document",
        7,
    ),
    _dialog("undo-separation", "u", N_("Undo"), N_("Put back what was taken out last"), "document", 8),
    _dialog("copy-sentence", "y", N_("Copy"), N_("Copy this line with its sentence and its source"), "document", 6),
    _dialog("export-table", "e", N_("Export"), N_("Write the table into a file"), "table", 6),
    _dialog("pipe-rows", "vertical_line", N_("Pipe"), N_("Give the rows to a command"), ("table", "sources"), 8),
    _dialog("toggle-scope", "space", N_("Article/filter"), N_("Export the article, or all of the filter"), "export", 2),
    _digits("take-format", N_("Choose"), N_("Write in the format with this number"), "export", DIALOG, before=""),
    _digits("take-pipe", N_("Choose"), N_("Run the pipe with this number"), "pipe", DIALOG, before=""),
    _dialog("keep-note", "ctrl+s", N_("Keep"), N_("Keep the note"), "note", 1),
    _dialog("write-outside", "ctrl+o", N_("Own editor"), N_("Write the note in your $EDITOR"), "note", 2),
    _dialog("complete-line", "tab", N_("Complete"), N_("Write the word of this line"), "palette", 1),
    _dialog("next", "down ctrl+n", N_("Next"), N_("The next line"), ("palette", "help"), 0),
    _dialog("previous", "up ctrl+p", N_("Previous"), N_("The line before"), ("palette", "help"), 0),
    _dialog("find-help", "slash", N_("Find"), N_("Show only lines with these words"), "help", 2),
    _dialog("close", "escape q", N_("Close"), N_("Close the dialog"), "dialog", 3),
)
