"""Recommendations for one region: profile, diagnosis, outline, cited sections, Markdown and DOCX."""
