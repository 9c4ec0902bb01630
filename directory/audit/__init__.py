"""What happened in the back office, kept where nobody can change it.

`note` writes it down; whoever signs in, exports, grants, withdraws or proposes calls it.
"""
