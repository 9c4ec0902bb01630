"""What was done to the rows is taken back: one act undone, or an object put back as it once was.

Reads revisions and writes rows; publishing them is `directory.editions`, pages and permissions are
`directory.admin`. No requests come in here.
"""
