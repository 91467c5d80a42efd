"""Examples are the same in every run, and a busy machine fails none of them."""

from hypothesis import settings

settings.register_profile("same-every-time", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("same-every-time")
