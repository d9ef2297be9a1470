"""Keeping the corpus honest: what the files of `corpus/` must hold, alone and together."""
