"""One customer of practice at the till: what they say, what they were asked, what became of it."""
