"""Coverage-guided fuzzing: each module has a ``check`` of bytes, seeds to begin with, and words to try."""
