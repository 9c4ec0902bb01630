"""What customers get: pages, feeds, cards and files, all rendered from current editions.

Reads editions through `directory.answers`; nothing here touches the rows.
"""
