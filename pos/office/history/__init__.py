"""Orders from before the till: files of any till read, shown before they are taken, taken, and forgotten again."""
