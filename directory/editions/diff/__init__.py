"""What changed between two documents of a service, in words.

Pure functions over documents: no requests, and of the models only the names of choices.
"""
