"""A queue portal in Python: the API of docs/portal.md in FastAPI, on the journal that the Rust portal keeps too."""
