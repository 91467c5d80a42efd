"""The kitchen's desk, without a screen: the open orders of all tills, and marking them as done."""
