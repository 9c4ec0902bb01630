"""Spanish."""

TIME_FORMAT = "g:i a"
SHORT_DATETIME_FORMAT = "d/m/Y g:i a"
