"""Figures that a cell puts into the text read as they do in print."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# A hyphen before a figure, and not the one in 2022-10 or in "twenty-2".
_HYPHEN = re.compile(r"(?<![\w.)])-(?=[£$€]?\d)")


class TrueMinus(SphinxPostTransform):
    """A minus sign before a figure below nil, as the tables have it, in place of Python's hyphen.

    A hyphen is shorter, may stay behind at the end of a line, and some screen readers
    leave it out, which turns a loss into a gain.
    """

    # After the figures of other pages have been put in.
    default_priority = 900

    def run(self, **kwargs) -> None:
        for inline in self.document.findall(nodes.inline):
            if "pasted-text" in inline["classes"]:
                for text in list(inline.findall(nodes.Text)):
                    text.parent.replace(text, nodes.Text(_HYPHEN.sub("\u2212", text.astext())))
