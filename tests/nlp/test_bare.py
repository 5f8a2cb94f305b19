from __future__ import annotations

from sigmine.nlp.bare import analyse_in_batches, analyse_one_by_one, load_bare_pipeline

TEXT = "Protein kinase B (PKB) phosphorylates TSC2. PKB inhibits FOXO3."


def test_the_bare_pipeline_parses_and_finds_names_alone() -> None:
    nlp = load_bare_pipeline()
    ours = [name for name in nlp.pipe_names if name.startswith("sigmine")]
    assert ours == ["sigmine_hints"]
    (doc,) = analyse_in_batches(nlp, [TEXT])
    assert doc.has_annotation("DEP")
    assert "TSC2" in {entity.text for entity in doc.ents}
    with_abbreviations = load_bare_pipeline(abbreviations=True)
    (single,) = analyse_one_by_one(with_abbreviations, [TEXT])
    assert [token.dep_ for token in single] == [token.dep_ for token in doc]
    assert {span.text for span in single._.abbreviations} == {"PKB"}
