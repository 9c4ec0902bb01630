"""The second factor of staff: passkeys, codes of an app, recovery codes, and the ways back.

May import the rest of the back office; the rest asks it whether somebody is really in.
"""
