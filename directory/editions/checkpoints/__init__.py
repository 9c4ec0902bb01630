"""Checkpoints: the newest digests of all services, signed with a key outside of the database.

`signing` makes one, `history` checks those that there are, and `check_page` is what customers run.
"""
