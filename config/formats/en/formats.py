"""English. The first format of dates is shown in forms: it has one reading everywhere."""

TIME_FORMAT = "g:i a"
SHORT_DATETIME_FORMAT = "Y-m-d g:i a"
