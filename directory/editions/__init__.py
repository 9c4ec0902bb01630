"""The document of a service: composed from rows, published as editions (hashed in `chain`),
compared, withdrawn.

May import models, hours and contacts; not answers, pages, upkeep, imports or the back office.
"""
