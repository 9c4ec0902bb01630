"""Upkeep of the rows: `checks` (findings), reviews, `calendar` (what is coming), changes of many.

Works on rows; no requests and no pages come in here.
"""
