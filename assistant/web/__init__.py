"""The web: the page (Gradio), the HTTP API (FastAPI), and how they are served."""
