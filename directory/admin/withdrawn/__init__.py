"""The pages of what was withdrawn, and of finding everything that says a name.

The rules are in `directory.editions.withdrawals`.
"""
