"""Bundled data, with one lazy loader each: language model, lexicon, prefixes, documents."""
