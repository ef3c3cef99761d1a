"""Scores of many statements at once: the same numbers from plain, numpy and compiled code."""
