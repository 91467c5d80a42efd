"""Next-visit offers: earned by a declined upgrade, redeemed by a code."""
