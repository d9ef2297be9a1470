"""Chinese text: one normal form, words, sentences, numerals and dates, titles and document numbers."""
