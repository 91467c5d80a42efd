"""What an order becomes: a sale or a write-off, with what came of its offers."""
