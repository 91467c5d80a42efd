"""The bar below menu and order, one painter for each thing that it may show."""
