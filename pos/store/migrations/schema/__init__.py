"""The statements that make the tables and views. Released SQL never changes."""
