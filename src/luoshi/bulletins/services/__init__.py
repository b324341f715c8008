"""Writing papers: drafting and editing, and the steps of their life."""
