"""What can be sold, and where checkout stops because something cannot."""
