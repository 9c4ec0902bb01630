"""For how long browsers and caches keep what is public."""

from django.views.decorators.cache import cache_control

# What is open changes with the minute: a browser may keep a page, and asks whether it still holds.
always_revalidated = cache_control(public=True, no_cache=True)
for_an_hour = cache_control(public=True, max_age=60 * 60)
for_a_day = cache_control(public=True, max_age=24 * 60 * 60)
