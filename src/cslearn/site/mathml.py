"""Formulas as MathML, made while the book is built.

MathML needs no script and no font, and a screen reader reads it as a formula.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert

from cslearn.site.inline import PageProblem, attribute

# How many parts each of these must have.
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}


def mathml(latex: str, *, display: bool) -> str:
    """The formula as a `<math>` element. Raises ValueError where latex2mathml cannot convert it."""
    try:
        made = convert(latex, display="block" if display else "inline")
    except Exception as error:
        # Its errors have no message, but names that say it: MissingSuperScriptOrSubscriptError.
        said = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
        raise ValueError(str(error) or said) from error
    # It passes a command that it does not know through as text, which a reader would see.
    if left := re.search(r"\\[A-Za-z]+", re.sub(r"<annotation.*?</annotation>", "", made)):
        raise ValueError(f"{left[0]} is not known")
    for element in ElementTree.fromstring(made).iter():
        # Nor does it miss the second half of a fraction, which browsers then refuse to draw.
        kind = element.tag.rpartition("}")[2]
        if len(element) != PARTS.get(kind, len(element)):
            raise ValueError(f"a part of a fraction, index or root is missing ({kind})")
    return made


def _convert(writer, node: nodes.Node, *, display: bool) -> str:
    latex = node.astext().strip()
    try:
        return mathml(latex, display=display)
    except ValueError as error:
        where = f"{node.source or writer.builder.current_docname}:{node.line or 1}"
        raise PageProblem(f"{where}: the formula {latex!r} cannot be shown: {error}. Write it more simply.") from None


def visit_inline(writer, node: nodes.math) -> None:
    writer.body.append(_convert(writer, node, display=False))
    raise nodes.SkipNode


def visit_block(writer, node: nodes.math_block) -> None:
    number = f'<span class="equation-number">({attribute(str(node["number"]))})</span>' if node.get("number") else ""
    ids = "".join(f'<span id="{attribute(id)}"></span>' for id in node.get("ids", []))
    # A long formula scrolls on a phone; a keyboard can only scroll what it can focus.
    writer.body.append(
        f'<div class="formula">{ids}<div class="scroll" tabindex="0" role="group" aria-label="Formula">'
        f"{_convert(writer, node, display=True)}</div>{number}</div>\n"
    )
    raise nodes.SkipNode
