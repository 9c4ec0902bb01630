"""Opening hours as people write them, read: a time of day, and the hours of a week.

Words in, values out. Pure like the rest of the room. Nothing is guessed: what may mean two things
is refused with both, or read by a rule that stands in this room's README.
"""
