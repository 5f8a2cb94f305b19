"""What reading all of PubMed or PubMed Central would take, on paper, from figures that were measured on little.

::

    python estimate_scale.py
    python estimate_scale.py --words-per-second 5000 --price 0.03

Every default is a measured figure or an assumption of docs/scale.md, which says which. All is taken to grow with the
words; what does not (sorting, merging, a store that no longer fits into memory) only makes it more.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

HOUR = 3600.0
GB = 1e9


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts to read: how many, and words in each."""

    name: str
    documents: int
    words: int


COLLECTIONS = (
    Collection("PubMed abstracts", 36_000_000, 200),
    Collection("PMC open access", 6_000_000, 5_000),
)


def estimate(collection: Collection, figures: argparse.Namespace) -> list[tuple[str, str]]:
    """Rows of the table: what, how much."""
    words = collection.documents * collection.words
    hours = words / figures.words_per_second / HOUR
    mentions = words * figures.mentions_per_word
    statements = mentions * figures.statements_per_mention
    return [
        ("documents", f"{collection.documents:,}"),
        ("words", f"{words:,}"),
        ("core hours of reading", f"{hours:,.0f}"),
        (f"days on {figures.cores:,} cores", f"{hours / figures.cores / 24:,.1f}"),
        (f"memory of {figures.cores:,} workers, GB", f"{figures.cores * figures.worker_gb:,.0f}"),
        (f"price at {figures.price} a core hour", f"{hours * figures.price:,.0f}"),
        ("mentions, at most", f"{mentions:,.0f}"),
        ("mentions.jsonl, GB", f"{mentions * figures.line_bytes / GB:,.0f}"),
        ("partitions, GB", f"{mentions * figures.partition_bytes / GB:,.0f}"),
        ("statements, at most", f"{statements:,.0f}"),
        ("statements.jsonl, GB", f"{statements * figures.statement_bytes / GB:,.0f}"),
        ("triples", f"{statements * figures.triples:,.0f}"),
        ("store, GB", f"{statements * figures.store_bytes / GB:,.0f}"),
        ("hours to load the store", f"{statements / figures.statements_per_second / HOUR:,.0f}"),
        ("ids in memory while merging, GB", f"{collection.documents * 24 / GB:,.1f}"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    defaults = {
        "words-per-second": (2700.0, "of one core, loading included"),
        "worker-gb": (0.55, "memory of a worker"),
        "mentions-per-word": (881 / 17_541, "in texts on signalling: more than anywhere else"),
        "statements-per-mention": (817 / 881, "of a small collection: less where texts repeat each other"),
        "line-bytes": (814_449 / 881, "of a mention in mentions.jsonl"),
        "partition-bytes": (115_477 / 881, "of a mention in a partition"),
        "statement-bytes": (1_291_866 / 817, "of a statement in statements.jsonl"),
        "store-bytes": (3000.0, "of a statement in the store"),
        "triples": (29.5, "of a statement in the store"),
        "statements-per-second": (1_000_000 / 260, "loaded into the store"),
        "price": (0.04, "of a core hour, an assumption"),
    }
    for name, (value, meaning) in defaults.items():
        parser.add_argument(f"--{name}", type=float, default=value, help=f"{meaning} (default {value:.4g})")
    parser.add_argument("--cores", type=int, default=100, help="how many read at once (default 100)")
    figures = parser.parse_args()
    columns = [estimate(collection, figures) for collection in COLLECTIONS]
    print("| | " + " | ".join(collection.name for collection in COLLECTIONS) + " |")
    print("|---" * (len(COLLECTIONS) + 1) + "|")
    for rows in zip(*columns, strict=True):
        print(f"| {rows[0][0]} | " + " | ".join(value for _, value in rows) + " |")


if __name__ == "__main__":
    main()
