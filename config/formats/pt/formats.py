"""Portuguese."""

TIME_FORMAT = r"G\hi"
DATETIME_FORMAT = r"j \d\e F \d\e Y, G\hi"
SHORT_DATETIME_FORMAT = r"d/m/Y G\hi"
