"""What the shop's own orders teach: counted, proposed, approved, and looked back at."""
