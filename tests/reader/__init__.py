"""A trainee who has nothing but what the customer says and the names on the menu: the score must trust such a one."""
