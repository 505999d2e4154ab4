"""Small building blocks that the directives share: inline text, raw HTML, faults."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxDirective

from cslearn.problem import Problem


class PageProblem(SphinxError, Problem):
    """A fault on a page. It stops the build, so that Sphinx does not remember the page as read."""

    category = "Problem on a page"


def html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def attribute(text: str) -> str:
    return escape(text, quote=True)


class BookDirective(SphinxDirective):
    """What a directive of the book needs besides Sphinx's own: the page's name and inline MyST."""

    @property
    def page(self) -> str:
        return self.env.docname

    def static(self, path: str) -> str:
        """The address of a file in _static, relative to this page, so that the site works in any folder."""
        return "../" * self.page.count("/") + "_static/" + path

    def fault(self, sentence: str) -> PageProblem:
        source, line = self.get_source_info()
        return PageProblem(f"{source}:{line}: {sentence}")

    def beside(self, name: str) -> Path:
        """A file beside the page. The page is built again when that file changes."""
        path = Path(self.env.doc2path(self.page)).parent / name
        self.env.note_dependency(str(path))
        return path

    def depth(self) -> int:
        """How many sections this directive stands in: 1 right under the page's title."""
        depth, node = 0, self.state_machine.node
        while node is not None:
            depth += isinstance(node, nodes.section)
            node = node.parent
        return depth

    def inline(self, text: str, where: str) -> list[nodes.Node]:
        """One paragraph of MyST text as inline nodes: emphasis, code, links, formulas."""
        holder = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), source=where), 0, holder)
        if len(holder.children) != 1 or not isinstance(holder[0], nodes.paragraph):
            raise self.fault(f"{where}: {text[:40]!r} is more than one paragraph of plain text; keep it to one.")
        return holder[0].children

    def blocks(self, text: str, where: str) -> list[nodes.Node]:
        """MyST text of any length as body nodes."""
        holder = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), source=where), 0, holder)
        return holder.children
