"""The one search of the back office: rows of every model, what pages said once, and the pages of
the back office itself, as far as the user may see them.

A row is found by what finds it in the list of its model, so that the list behind “all of them” has
the same rows. A model that is registered in the admin with fields to search is found by itself.
"""
