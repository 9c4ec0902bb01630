"""Who answers when support did not help: an app of its own that adds to `directory`.

May import all of `directory`, which imports none of it. `apps.py` registers what it adds.
"""
