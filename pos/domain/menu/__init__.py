"""What the shop sells: items and how they are built, what leads from one to another, and how they are found."""
