"""Following a service by mail: who asked for it, what is written, and when.

May import answers, editions and models; pages and commands use it, so it knows neither.
"""
