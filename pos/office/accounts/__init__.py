"""For the accountant: the SAF-T file for the tax office, and the figures of a day."""
