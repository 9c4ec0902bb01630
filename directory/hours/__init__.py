"""Opening hours: pure values, what is open when (`rules`: also overnight), in words and as data.

No ORM and nothing of the directory besides: `now`, days and holiday calendars are passed in.
"""
