"""What the MkDocs hooks of this site are made of. `docs/hooks/hooks.py` calls it."""
