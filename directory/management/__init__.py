"""Commands of `manage.py`.

Arguments and output only: what a command does is a function of another room.
"""
