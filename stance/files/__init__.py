"""Files of statements in, files of labels out, chunk by chunk."""
