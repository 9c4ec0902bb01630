"""Django's databases, which no request waits for without end: `config.availability` says how long.

Subclassing a backend is Django's documented way
(https://docs.djangoproject.com/en/5.2/ref/databases/#subclassing-the-built-in-database-backends).
No rows and no words of the directory here.
"""
