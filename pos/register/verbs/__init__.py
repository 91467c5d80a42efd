"""The verbs: what can be done at a till, a module for each stretch of them."""
