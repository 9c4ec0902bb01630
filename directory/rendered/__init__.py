"""Answers that are rendered once and given to everybody who asks the same, before Django is asked.

May import where changes are told, public pages' outages and limits, and no row but those that say
which version is current.
"""
