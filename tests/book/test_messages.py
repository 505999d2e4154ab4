"""The tutor guide explains every sentence that collecting and reading can say, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARKING = ROOT / "src" / "cslearn" / "marking"
GUIDE = ROOT / "book" / "tutor" / "marking.md"


def said(file: str) -> list[str]:
    """Every sentence in a module, with "…" for what is filled in; docstrings and patterns are left out."""
    tree = ast.parse((MARKING / file).read_text(encoding="utf-8"))
    quiet = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            quiet |= {id(part) for part in ast.walk(node) if part is not node}
        elif isinstance(node, ast.Expr):
            quiet.add(id(node.value))
    found = []
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.append("".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values))
    return [
        text
        for text in found
        if text.strip().count(" ") >= 2 and text[0] != " " and "(?P" not in text and re.search(r"[a-z]{3}", text)
    ]


def explained() -> list[str]:
    """What the guide's tables quote, in the section on messages."""
    guide = GUIDE.read_text(encoding="utf-8").split("## What each message means")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in guide.splitlines() if line.startswith('| "')]
    return [quote for row in rows for quote in re.findall(r'"([^"]+)"', row)]


def fits(quote: str, sentence: str) -> bool:
    """Whether a sentence holds all that is quoted, in its order."""
    pieces = [re.escape(piece.strip()) for piece in quote.split("…") if piece.strip()]
    return re.search(".*".join(pieces), sentence, re.DOTALL) is not None


SENTENCES = [*said("intake.py"), *said("reading.py")]


def test_there_are_sentences_and_rows():
    assert len(SENTENCES) > 50 and len(explained()) > 50


def test_every_sentence_has_its_row():
    quotes = explained()
    assert [text for text in SENTENCES if not any(fits(quote, text) for quote in quotes)] == []


def test_every_row_is_a_sentence_that_can_be_said():
    assert [quote for quote in explained() if not any(fits(quote, text) for text in SENTENCES)] == []
