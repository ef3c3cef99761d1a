"""Labelled statements: files, annotation, agreement."""
