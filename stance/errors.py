"""Every exception of this library: one base, and the built-in that fits beside it."""

from __future__ import annotations


class StanceError(Exception):
    """Base of all errors that this library raises on purpose."""


class InputTypeError(StanceError, TypeError):
    """A value of a type that cannot be a statement or a table."""


class MissingStatementError(StanceError, ValueError):
    """A missing value (None, NaN, NA) where a statement was expected."""


class DataError(StanceError, ValueError):
    """Labelled data or a file that breaks a rule; the message names file, line and field."""


class OptionError(StanceError, ValueError):
    """An option that is out of range; the message says what was given and what was expected."""


class ModelFormatError(StanceError, ValueError):
    """A model folder that is not whole, not known or not sound; names the file and the fault."""


class MissingExtraError(StanceError, ImportError):
    """An optional dependency that is not installed; names the extra to install."""
