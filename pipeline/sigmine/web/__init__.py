"""Pages to read in a browser: each one self-contained file, without network, all text of documents escaped."""
