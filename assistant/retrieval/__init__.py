"""One question -> ranked passages."""
