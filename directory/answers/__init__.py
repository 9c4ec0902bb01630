"""What an edition says at an instant: whom to contact, what is announced, what a search finds.

Reads documents, never rows; pages and the API say it.
"""
