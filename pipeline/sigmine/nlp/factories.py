"""spaCy factories."""
sentences = mentions = sites = relations = None
