"""What must not be public any more: withdrawn by one person, erased by another.

`withdraw` hides editions and `erase` empties them; `redaction` does the same in the histories.
"""
