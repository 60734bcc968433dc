"""Commands with arguments, as they are written behind `:`. Pure, but for the history and the paths on the disk."""
