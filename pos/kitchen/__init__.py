"""The kitchen's desk: the open orders of all tills, and the one thing that is said of them, without a screen."""
