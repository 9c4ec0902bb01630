"""Keeping the directory true: checks, reviews, what is coming, changes of many rows at once.

Works on rows; no requests and no pages come in here.
"""
