"""Services, their channels and contacts, as staff edit them and as customers read them.

Each package is a room whose docstring says what may come in. No app that adds to it is imported.
"""
