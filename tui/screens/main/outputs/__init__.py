"""Parts of the main screen that give something out: copies, exports, pipes."""
