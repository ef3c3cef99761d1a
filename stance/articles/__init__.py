"""News articles: who said what in them, and what stance that takes."""
