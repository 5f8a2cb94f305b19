"""Published entity models in place of our own: their labels, how they are missing, and a real one as a package."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from sigmine.errors import MissingDependency, ResourceError
from sigmine.model import ENTITY_TYPES
from sigmine.nlp.external_ner import (
    EXTERNAL_NER_FACTORY,
    LABELS,
    UNUSED_LABELS,
    ExternalNer,
    load_external_ner,
    make_install_command,
)
from sigmine.nlp.tokenizer import make_tokenizer
from sigmine.resources.lexicon import Lexicon

Installer = Callable[[str, Language], None]

TEXT = "In HeLa cells AKT1/TSC2 and rapamycin act on the liver."
_INIT = """
from pathlib import Path
from spacy.util import load_model_from_init_py

def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Writes a pipeline as an importable package with the metadata of an installed one."""

    def write(name: str, nlp: Language) -> None:
        package = tmp_path / name
        package.mkdir()
        nlp.meta.update(name=name.removeprefix("en_"), version="0.5.4", spacy_version=">=3.7.4,<3.8.0")
        nlp.to_disk(package / f"{name}-0.5.4")
        (package / "meta.json").write_text((package / f"{name}-0.5.4" / "meta.json").read_text("utf-8"), "utf-8")
        (package / "__init__.py").write_text(_INIT, "utf-8")
        info = tmp_path / f"{name}-0.5.4.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.5.4\n", "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, name, raising=False)
        importlib.invalidate_caches()

    return write


def make_ruler(*patterns: tuple[str, str]) -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in patterns])  # type: ignore[attr-defined]
    nlp.add_pipe("parser")  # never initialised: it fails if it is run
    return nlp


def tokenize(text: str) -> Doc:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp.make_doc(text)


def list_entities(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def make_lexicon() -> Lexicon:
    rows = (
        ("akt1", "AKT1", "hgnc:391", "AKT1", "PROTEIN", "symbol", "hgnc", "yes"),
        ("autophagy", "autophagy", "go:0006914", "autophagy", "PROCESS", "name", "go", "yes"),
    )
    return Lexicon(sorted("\t".join(row).encode() for row in rows))


def test_label_maps_name_our_types() -> None:
    assert {type_ for types in LABELS.values() for type_ in types.values()} <= {*ENTITY_TYPES, None}
    assert not any(types.keys() & UNUSED_LABELS for types in LABELS.values())


@pytest.mark.parametrize("name", LABELS)
def test_missing_model_says_how_to_install_it(name: str) -> None:
    with pytest.raises(MissingDependency, match=name) as caught:
        load_external_ner(name)
    command = str(caught.value).partition("Install it with: ")[2]
    assert command == make_install_command(name)
    url = urlparse(command.split()[-1])
    assert url.scheme == "https"
    assert url.path.endswith(f"/v0.5.4/{name}-0.5.4.tar.gz")


def test_unknown_model_lists_the_known_ones() -> None:
    with pytest.raises(ResourceError, match="Did you mean en_ner_bionlp13cg_md") as caught:
        load_external_ner("en_ner_bionlp13_md")
    assert all(name in str(caught.value) for name in LABELS)


def test_installed_model_fills_the_entities(install: Installer) -> None:
    name = "en_ner_bionlp13cg_md"
    labels = {
        "HeLa cells": "CELL",
        "AKT1/TSC2": "GENE_OR_GENE_PRODUCT",
        "rapamycin": "SIMPLE_CHEMICAL",
        "liver": "ORGAN",
    }
    install(name, make_ruler(*((label, text) for text, label in labels.items())))
    external = load_external_ner(name)
    assert external.nlp.pipe_names == ["entity_ruler"]
    doc = tokenize(TEXT)
    doc.set_ents([doc[1:2]])  # what stood there before goes
    assert list_entities(external(doc)) == [("HeLa cells", "CELL"), ("AKT1/TSC2", "PROTEIN"), ("rapamycin", "CHEMICAL")]


def test_factory_puts_it_into_a_pipeline(install: Installer) -> None:
    install("en_ner_bc5cdr_md", make_ruler(("CHEMICAL", "rapamycin")))
    nlp = spacy.blank("en")
    nlp.add_pipe(EXTERNAL_NER_FACTORY, config={"model": "en_ner_bc5cdr_md"})
    assert list_entities(nlp(TEXT)) == [("rapamycin", "CHEMICAL")]


def test_trained_recogniser_with_a_shared_encoder(install: Installer) -> None:
    nlp = spacy.blank("en")
    width = {"width": 16, "embed_size": 50, "depth": 1}
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None,
                 "window_size": 1, "maxout_pieces": 2, "subword_features": True, **width}})  # fmt: skip
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "*"}
    nlp.add_pipe("ner", config={"model": {"tok2vec": listener}})
    text = "AKT1 binds rapamycin ."
    spans = {"entities": [(0, 4, "GGP"), (11, 20, "CHEBI")]}
    example = Example.from_dict(nlp.make_doc(text), spans)
    nlp.initialize(lambda: [example])
    optimizer = nlp.resume_training()
    optimizer.learn_rate = 0.02
    for _ in range(25):
        nlp.update([example], sgd=optimizer)
    install("en_ner_craft_md", nlp)
    external = load_external_ner("en_ner_craft_md", make_lexicon())
    assert external.nlp.pipe_names == ["tok2vec", "ner"]
    assert list_entities(external(tokenize(text))) == [("AKT1", "PROTEIN"), ("rapamycin", "CHEMICAL")]


def test_lexicon_decides_where_the_model_gives_no_type(install: Installer) -> None:
    words = ("AKT1", "autophagy", "accumulate")
    install("en_core_sci_sm", make_ruler(*(("ENTITY", word) for word in words)))
    external = load_external_ner("en_core_sci_sm", make_lexicon())
    doc = external(tokenize("AKT1 and autophagy accumulate."))
    assert list_entities(doc) == [("AKT1", "PROTEIN"), ("autophagy", "PROCESS")]


def test_labels_that_nobody_knows_are_refused(install: Installer) -> None:
    install("en_ner_jnlpba_md", make_ruler(("GADGET", "AKT1")))
    with pytest.raises(ResourceError, match="GADGET"):
        load_external_ner("en_ner_jnlpba_md")


def test_package_that_does_not_load(install: Installer, tmp_path: Path) -> None:
    install("en_core_sci_md", make_ruler(("ENTITY", "AKT1")))
    (tmp_path / "en_core_sci_md" / "__init__.py").write_text("raise ImportError('No module named x')", "utf-8")
    with pytest.raises(MissingDependency, match=r"cannot be loaded: No module named x"):
        load_external_ner("en_core_sci_md")


def test_spans_widen_to_tokens_and_the_longer_of_two_stays() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GGP", "pattern": "TSC"}, {"label": "GGP", "pattern": "2 gene"}])  # type: ignore[attr-defined]
    nlp.tokenizer.add_special_case("TSC2", [{"ORTH": "TSC"}, {"ORTH": "2"}])  # type: ignore[union-attr]
    doc = ExternalNer(nlp, {"GGP": "PROTEIN"})(tokenize("The TSC2 gene is lost."))
    assert list_entities(doc) == [("TSC2 gene", "PROTEIN")]


def test_text_longer_than_spacy_takes_by_default() -> None:
    nlp = make_ruler(("GGP", "AKT1"))
    nlp.remove_pipe("parser")
    nlp.max_length = 10
    assert list_entities(ExternalNer(nlp, {"GGP": "PROTEIN"})(tokenize(TEXT))) == [("AKT1", "PROTEIN")]
