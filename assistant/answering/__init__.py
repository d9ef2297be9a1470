"""One question -> one verified answer."""
