"""Offers: the ledger, its sums, the wordings, and next-visit offers."""
