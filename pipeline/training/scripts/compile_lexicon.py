"""Compiles ``shared/lexicon`` into the lexicon that sigmine ships, as ``sigmine lexicon build`` does with any tables.

Usage: python compile_lexicon.py SHARED [OUT_DIR]

OUT_DIR is by default ``sigmine/resources/data/lexicon``. Which words are common is counted anew in the unannotated
texts of ``SHARED/raw`` and, as far as they stand in names, kept in ``sigmine/resources/data/lexicon_build``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from pathlib import Path

from sigmine.resources.lexicon_build import build_lexicon
from sigmine.resources.lexicon_recognition import find_common_words

DATA = Path(__file__).resolve().parents[2] / "sigmine" / "resources" / "data"


def read_texts(shared: Path) -> list[str]:
    texts = []
    for name in ("genia_abstracts", "craft_articles"):
        with gzip.open(shared / "raw" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            texts.extend(json.loads(line)["text"] for line in file)
    return texts


def keep_common_words(texts: list[str], names: Path, out: Path) -> None:
    """Writes the common words that stand in names of the compiled lexicon."""
    lines = gzip.decompress(names.read_bytes()).decode().splitlines()[1:]
    used = {word.lower() for line in lines for word in re.findall("[A-Za-z]+", line.split("\t")[1])}
    used |= {line.split("\t")[0] for line in lines}
    words = sorted(find_common_words(texts) & used)
    out.write_bytes(gzip.compress("\n".join(words).encode(), compresslevel=9, mtime=0))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=DATA / "lexicon")
    args = parser.parse_args()
    texts = read_texts(args.shared)
    manifest = build_lexicon(args.shared / "lexicon", args.out, texts=texts)
    keep_common_words(texts, args.out / "names.tsv.gz", DATA / "lexicon_build" / "common_words.txt.gz")
    print({key: value for key, value in manifest.items() if key != "tables"})


if __name__ == "__main__":
    main()
