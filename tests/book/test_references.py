"""The bibliography and the glossary are complete, in order, and build without a warning."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pybtex.database import parse_file

BOOK = Path(__file__).parents[2] / "book"
PAGES = sorted(BOOK.rglob("*.md"))
BIBLIOGRAPHY = (BOOK / "reference" / "bibliography.md").read_text(encoding="utf-8")
GLOSSARY = (BOOK / "reference" / "glossary.md").read_text(encoding="utf-8")
WORKS = parse_file(str(BOOK / "references.bib"), "bibtex").entries


def glossary() -> dict[str, str]:
    """Each term, with every name it goes by, and its meaning."""
    (body,) = re.findall(r"^```\{glossary\}\n(.*?)^```", GLOSSARY, re.S | re.M)
    terms, names = {}, []
    for line in filter(None, body.splitlines()):
        if line.startswith("  "):
            terms |= dict.fromkeys(names, line.strip())
            names = []
        else:
            assert line not in terms, f"{line} is explained twice"
            names.append(line)
    return terms


# The bibliography ----------------------------------------------------------------------


def test_every_work_has_what_its_kind_needs():
    needs = {
        "article": {"author", "title", "journal", "year"},
        "book": {"author", "title", "publisher", "year"},
        "inproceedings": {"author", "title", "booktitle", "year"},
        "misc": {"title", "year"},
    }
    for key, work in WORKS.items():
        has = {*work.fields, *work.persons}
        assert needs[work.type] <= has, key
        assert all(value.strip(" ?") for value in work.fields.values()), f"{key} has an empty field"


def test_a_key_is_the_first_author_the_year_and_a_word():
    for key, work in WORKS.items():
        if work.type != "misc":
            year = work.fields["year"]
            assert re.fullmatch(rf"[a-z]+{year}[a-z]+", key), key
            last = work.persons["author"][0].last_names[-1].strip("{}").lower()
            assert last.replace('{\\"o}', "o").split()[-1] == key.partition(year)[0], key


def test_every_statute_has_its_chapter_or_number():
    laws = {key: work.fields["note"] for key, work in WORKS.items() if work.fields["keywords"] == "law"}
    assert len(laws) == 10
    for key, note in laws.items():
        assert re.search(r"chapter \d+$|^Statutory Instrument \d{4}/\d+$", note), key


def test_every_work_stands_under_exactly_one_heading():
    headings = re.findall(r'^:filter: keywords % "(\w+)"$', BIBLIOGRAPHY, re.M)
    assert len(headings) == len(set(headings)) == 10
    prefixes = re.findall(r"^:labelprefix: (\w+)$", BIBLIOGRAPHY, re.M)
    assert len(prefixes) == len(set(prefixes)) == 10, "two lists with one prefix would share labels"
    # The filter looks for the word anywhere in the field, so no keyword may hold another.
    assert {work.fields["keywords"] for work in WORKS.values()} == set(headings)
    assert not [(a, b) for a in headings for b in headings if a != b and a in b]


def test_heat_has_no_source_and_the_page_says_so():
    assert "HEAT has no first source" in BIBLIOGRAPHY
    assert not [key for key in WORKS if "heat" in key]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(BOOK).as_posix())
def test_a_page_cites_only_works_and_terms_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text):
        for key in keys.split(","):
            assert key.strip() in WORKS, f"references.bib has no {key.strip()}"
    # Sphinx does not mind capitals in a term.
    known = {term.lower() for term in glossary()}
    for term in re.findall(r"\{term\}`([^`]+)`", text):
        target = re.sub(r".*<(.+)>", r"\1", term, flags=re.S)
        assert " ".join(target.split()).lower() in known, f"the glossary has no {target}"


# The glossary --------------------------------------------------------------------------


def test_the_glossary_is_in_alphabetical_order():
    meanings = {}
    for term, meaning in glossary().items():
        meanings.setdefault(meaning, term)
    first_names = list(meanings.values())
    assert first_names == sorted(first_names, key=str.lower)


def test_a_meaning_is_one_to_three_sentences():
    for term, meaning in glossary().items():
        assert meaning.endswith("."), term
        assert 1 <= len(re.findall(r"[.?](?=\s|$)", meaning)) <= 3, term


def test_every_formula_has_its_meaning_in_words_above_it():
    formulas = GLOSSARY.split("## Formulas")[1].split("\n### ")[1:]
    assert len(formulas) == 7
    for section in formulas:
        words, _, rest = section.partition("$$")
        assert len(words.split("\n", 1)[1].split()) >= 8, section[:40]
        # Balanced brackets, so that the formula becomes MathML.
        latex = rest.partition("$$")[0]
        assert latex.count("{") == latex.count("}") and latex.count(r"\left") == latex.count(r"\right")


def test_every_formula_becomes_mathml():
    from latex2mathml.converter import convert

    found = re.findall(r"\$\$(.+?)\$\$", GLOSSARY, re.S)
    found += re.findall(r"(?<!\$)\$([^$\n]+)\$(?!\$)", GLOSSARY)
    assert len(found) > 7
    for latex in found:
        assert convert(latex.strip()).startswith("<math")


def test_the_examples_beside_the_formulas_are_right():
    from cslearn.methods import options

    assert options.linear_scores([4, 6, 9], "min")[1] == pytest.approx(6)
    assert round(options.discount_factor(0.08, 2) * 100) == 86
    assert options.payback_months([-60_000, 40_000, 40_000]) == pytest.approx(18)
    # The rival is 6 ahead on cost, the winner 2 ahead on the rest.
    scores = {"winner": {"cost": 2, "rest": 6}, "rival": {"cost": 8, "rest": 4}}
    assert options.break_even_weight(scores, {"cost": 10, "rest": 90}, "cost") == pytest.approx(25)


@pytest.mark.slow
def test_both_pages_build_without_a_warning(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "references.bib").write_bytes((BOOK / "references.bib").read_bytes())
    (source / "bibliography.md").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (source / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    cites = "".join(f"{{cite:p}}`{key}`\n" for key in WORKS)
    terms = "".join(f"{{term}}`{term}`\n" for term in glossary())
    toc = "```{toctree}\nbibliography\nglossary\n```\n"
    (source / "index.md").write_text(f"# All\n\n{toc}\n{cites}\n{terms}", encoding="utf-8")
    settings = {
        "extensions": ["myst_parser", "sphinxcontrib.bibtex"],
        "bibtex_bibfiles": ["references.bib"],
        "bibtex_reference_style": "author_year",
        "bibtex_default_style": "plain",
        "myst_enable_extensions": ["dollarmath"],
    }
    (source / "conf.py").write_text("".join(f"{name} = {value!r}\n" for name, value in settings.items()))
    # In a process of its own: Sphinx leaves its directives behind in the one that it ran in.
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", source, tmp_path / "out"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0 and run.stderr == "", run.stderr
    html = (tmp_path / "out" / "bibliography.html").read_text(encoding="utf-8")
    assert html.count('role="doc-biblioentry"') == len(WORKS)
    cited = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "n.d." not in cited, "a work without a year would be cited as n.d."
