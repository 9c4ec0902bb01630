"""What changed between two documents of a service, in words.

Pure functions over documents: no rows and no requests.
"""
