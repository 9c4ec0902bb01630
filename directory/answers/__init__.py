"""An edition at an instant: whom to contact, announcements, coverage, search.

May import hours, contacts, and the document and names of editions; no rows and no requests.
"""
