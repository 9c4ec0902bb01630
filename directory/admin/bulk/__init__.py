"""Work on many rows at once: spreadsheets, replacing, copying, verifying."""
