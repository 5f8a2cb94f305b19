"""Compiles the curated site map of ProtMapper into the table that sigmine ships.

Usage: python compile_site_map.py SHARED [OUT_DIR]

Writes to OUT_DIR (default: ``sigmine/resources/data/site_map``), the same bytes from the same input:
    site_map.tsv     UniProt accession, residue as texts number it, residue of the reference sequence, reason
    manifest.json    what it was made from: file, sha256, credit and licence, and the counts
    LICENSE.txt      the licence of the source, which asks for it
A row whose reference is empty says that there is no such residue. The reason is one of ours (``REASONS``), made of the
curators' comment.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "sigmine" / "resources" / "data" / "site_map"
SOURCE = "curated_site_map.csv"
CREDIT = (
    "curated site map of ProtMapper (Bachman, Gyori and Sorger 2022, bioRxiv 822668; "
    "https://github.com/gyorilab/protmapper), copyright 2018 INDRA Labs, BSD 2-Clause"
)
REASONS = (
    (r"reading error", "another molecule's name, misread"),
    (r"isoform", "numbering of another isoform"),
    (r"mouse|chicken|bovine", "numbering of another species"),
    (r"signaling peptide", "numbering without the signal peptide"),
    (r"methionine", "numbering without the initiator methionine"),
    (r"numbering from [A-Z0-9]+$", "numbering of a paralogue"),
    (r"deprecated", "numbering of an older sequence"),
    (r"wrong residue", "another residue"),
    (r"off by one|off by 1\b", "one off"),
    (r"", "misnumbered"),
)
"""What a comment holds, and the reason that it becomes; the first that fits."""
LICENSE = """\
BSD 2-Clause License

Copyright (c) 2018, INDRA Labs
All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

* Redistributions of source code must retain the above copyright notice, this
  list of conditions and the following disclaimer.

* Redistributions in binary form must reproduce the above copyright notice,
  this list of conditions and the following disclaimer in the documentation
  and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""


def make_row(row: dict[str, str]) -> tuple[str, str, str, str]:
    reason = next(reason for pattern, reason in REASONS if re.search(pattern, row["Comment"]))
    written, reference = row["OrigRes"] + row["OrigPos"], row["CorrectRes"] + row["CorrectPos"]
    return row["UniprotId"], written, reference, reason


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    args = parser.parse_args()
    source = args.shared / "lexicon" / SOURCE
    with source.open(encoding="utf-8", newline="") as file:
        rows = sorted({make_row(row) for row in csv.DictReader(file)})
    doubled = [key for key, count in Counter(row[:2] for row in rows).items() if count > 1]
    if doubled:
        raise SystemExit(f"{source}: several references for {doubled}")
    args.out.mkdir(parents=True, exist_ok=True)
    lines = ["#uniprot\twritten\treference\treason", *("\t".join(row) for row in rows)]
    (args.out / "site_map.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (args.out / "LICENSE.txt").write_text(LICENSE, encoding="utf-8")
    manifest = {
        "files": [{"file": SOURCE, "sha256": hashlib.sha256(source.read_bytes()).hexdigest(), "credit": CREDIT}],
        "sites": len(rows),
        "molecules": len({row[0] for row in rows}),
        "sites_by_reason": dict(sorted(Counter(row[3] for row in rows).items())),
    }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print({key: value for key, value in manifest.items() if key != "files"})


if __name__ == "__main__":
    main()
