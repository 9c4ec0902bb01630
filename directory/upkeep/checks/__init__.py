"""Checks: what in the data is probably wrong. `runs` lists them, and stores the findings.

A check is a pure function from `Facts` to messages; no requests and no pages come in here.
"""
