"""Commands with arguments, as they are written behind `:`. Pure, but for the history on the disk."""
