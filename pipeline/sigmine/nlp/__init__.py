"""spaCy components and the pipeline of them: tokenizer, sentences, abbreviations, mentions, sites, relations."""
