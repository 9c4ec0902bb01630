"""Getting into the back office: passwords, how often they may be tried, sessions.

The second factor stands beside it, in `second_factor`.
"""
