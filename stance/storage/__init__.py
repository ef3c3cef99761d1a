"""Model folders: written whole, checked before anything in them is believed."""
