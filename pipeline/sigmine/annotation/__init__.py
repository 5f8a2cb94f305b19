"""The gold as people make it: tables to fill in, brat and BioC files, checks, counts, agreement of two annotators.

::

    documents, problems = parse_table(Path("mine.tsv").read_text(), load_texts(["paper.txt"]))
    Path("gold/paper.jsonl").write_text(format_gold(documents[0]))
"""
