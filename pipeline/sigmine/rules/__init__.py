"""Rule files (YAML): relations, templates, path classes and cue words. Data only; ``sigmine.grammar`` reads them."""
