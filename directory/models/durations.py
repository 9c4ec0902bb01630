"""How long a promised time may be. Times are kept in minutes; a day counts 24 hours, a working day
too."""

from django.core.validators import MaxValueValidator, MinValueValidator

DAY = 24 * 60
LONGEST = 60 * DAY
LONGEST_TO_SOLVE = 365 * DAY

PLAUSIBLE_TIME = [MinValueValidator(1), MaxValueValidator(LONGEST)]
PLAUSIBLE_TIME_TO_SOLVE = [MinValueValidator(1), MaxValueValidator(LONGEST_TO_SOLVE)]
# Of a level that is asked at once.
PLAUSIBLE_TIME_OR_AT_ONCE = [MinValueValidator(0), MaxValueValidator(LONGEST)]
