"""The shop's office: menu files in and out, and what is learned from the shop's own sales."""
