"""Nobody publishes risk alone: acts that wait for a second person, or are confirmed once more.

Each act is looked at once, at its end, whichever page it comes from (`gate`).
"""
