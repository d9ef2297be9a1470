"""Building the chat model, the embeddings and the reranker that the settings name. Only here are model clients made."""

from assistant.models.build import chat_model, embeddings, reranker
from assistant.models.named import NamedEmbeddings
from assistant.models.rerank import Reranker
from assistant.models.word_vectors import WordVectors

__all__ = ["NamedEmbeddings", "Reranker", "WordVectors", "chat_model", "embeddings", "reranker"]
