"""Opening hours: pure values, what is open when (`rules`: also overnight), in words and as data.

No ORM, no clock and nothing of the directory besides: `now`, days and holidays are passed in.
"""
