"""Documents and passages as stored and indexed: the catalogue is the truth, the indexes are derived from it.

`sync.Indexer` writes, `library.Library` reads, `validity` tells whether a document is in force on a day.
"""
