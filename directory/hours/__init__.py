"""Opening hours: pure values and rules, what is open when, in words and as data.

No ORM and nothing of the directory besides: `now`, days and holiday calendars are passed in.
"""
