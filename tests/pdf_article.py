"""The article of ``tests/data/reader_sample.pdf``, in our own words; ``python tests/pdf_article.py`` sets it anew.

Set with DejaVu Serif, which has Greek letters and ligatures; tests that set other texts use the fonts of every reader.
"""

from __future__ import annotations

from pathlib import Path

from typeset import Block, Setting, typeset

ARTICLE = (
    Block("title", "PI3K signalling from the membrane to mTORC1"),
    Block("authors", "A. Author and B. Writer"),
    Block("abstract", "Abstract"),
    Block(
        "abstract",
        "Insulin activates PI3K, and PI3K in turn activates AKT. Here we summarise how AKT acts on the TSC complex "
        "and how the signal is switched off again.",
    ),
    Block("heading", "1. From lipids to AKT"),
    Block(
        "text",
        "PI3Kα phosphorylates the lipid PIP_{2} at the plasma membrane, and the product, PIP_{3}, recruits PDK1 and "
        "AKT.^{1} PDK1 phosphorylates AKT at Thr308,^{1,2} whereas mTORC2 phosphorylates AKT at Ser473.^{2–4} The "
        "phosphatase PTEN dephosphorylates PIP_{3} and so inhibits AKT. A rise of Ca^{2+} in the cytosol activates "
        "CaMKK2^{3} in many types of cell, and 10^{6} cells are enough for the assay.",
    ),
    Block(
        "text",
        "AKT specifically phosphorylates TSC2 at Ser939 and Thr1462; the modified protein leaves the surface of "
        "lysosomes.^{4} Its first effect is that RHEB is loaded with GTP. RHEB then activates mTORC1,^{5} which "
        "phosphorylates S6K1 at Thr389 and the inhibitor of translation 4E-BP1 at Thr37 and Thr46. Rapamycin "
        "inhibits mTORC1, but it does not inhibit mTORC2 in short experiments.",
    ),
    Block(
        "figure",
        "Figure 1. From the receptor to mTORC1. AKT phosphorylates PRAS40 at Thr246. Arrows stand for activation.",
        (("receptor", "PI3K"), ("AKT", "TSC2"), ("RHEB", "mTORC1")),
    ),
    Block("heading", "2. Switching off"),
    Block(
        "text",
        "S6K1 phosphorylates IRS1 and thereby inhibits the signal of insulin. The transcription factor FOXO1 is "
        "phosphorylated by AKT at Thr24 and is kept out of the nucleus by 14-3-3 proteins. GSK3β is inhibited by AKT "
        "through phosphorylation of Ser9. When energy is short, AMPK phosphorylates TSC2 and RAPTOR, and both events "
        "inhibit mTORC1. PHLPP1 dephosphorylates AKT at Ser473, which ends the signal. LKB1 activates AMPK by "
        "phosphorylation of Thr172 and is needed for the response of the liver to metformin.",
    ),
    Block(
        "table",
        "Table 1. Drugs that act on the pathway.",
        (
            ("Drug", "Target", "Effect"),
            ("Alpelisib", "PI3Kα", "inhibits PI3Kα"),
            ("Everolimus", "mTORC1", "inhibits mTORC1"),
            ("Capivasertib", "AKT", "inhibits AKT1"),
        ),
        wide=True,
    ),
    Block("heading", "References"),
    Block("entry", "1. Author A, Writer B. Lipids at the membrane. J Synth Signal. 2001;1:1–9."),
    Block("entry", "2. Writer B. Two kinases and one substrate. J Synth Signal. 2005;5:10–19."),
    Block("entry", "3. Author A. Calcium and its kinases. J Synth Signal. 2008;8:20–29."),
    Block("entry", "4. Writer B, Author A. The surface of lysosomes. J Synth Signal. 2012;12:30–39."),
    Block("entry", "5. Author A. A small GTPase. J Synth Signal. 2014;14:40–49."),
)
SAMPLE = Path(__file__).parent / "data" / "reader_sample.pdf"
FONTS = Path("/usr/share/fonts/truetype/dejavu")


def set_sample() -> bytes:
    """The bytes of the sample.

    Raises:
        OSError: if DejaVu Serif is not installed.
    """
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont("Serif", str(FONTS / "DejaVuSerif.ttf")))
    registerFont(TTFont("Serif-Bold", str(FONTS / "DejaVuSerif-Bold.ttf")))
    setting = Setting(
        width=420, height=480, margin=40, gutter=16, size=7.5, leading=9.5, regular="Serif", bold="Serif-Bold",
        greek="Serif", ligatures=True, indent=8,
    )  # fmt: skip
    return typeset(ARTICLE, setting)


if __name__ == "__main__":
    SAMPLE.write_bytes(set_sample())
