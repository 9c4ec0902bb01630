"""One module for each command, named like it.

The docstring of a module is the help of its command.
"""
