"""The document of a service: composed from rows, published as editions that are hashed in a `chain`,
compared, withdrawn.

May import models, hours and contacts; not answers, pages, upkeep, imports or the back office.
"""
