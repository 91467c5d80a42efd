"""Learning from the shop's orders: counting them, proposing questions, approving proposals, and looking back at last
week."""
