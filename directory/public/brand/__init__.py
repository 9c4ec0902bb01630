"""Icons and images in the organisation's colour: drawn with the standard library alone, once in a
process."""
