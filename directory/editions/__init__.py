"""Rows become a document, a document becomes a numbered edition, editions are compared.

Nothing here depends on what is asked of an edition, by whom, or when: that is `directory.answers`.
"""
