"""The directive {workplace}: what evidence to collect at one's own desk."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from cslearn import syllabus
from cslearn.site.inline import BookDirective, attribute, html


class WorkplaceDirective(BookDirective):
    """`{workplace}` with the option `points`: the "In your workplace" box."""

    has_content = True
    option_spec: ClassVar = {"points": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        points = self.options.get("points", "").replace(",", " ").split()
        known = {point.id: point for point in syllabus.marking_points()}
        for point in points:
            if point not in known:
                raise self.fault(f"{point} is not a marking point; the points are {', '.join(known)}.")
        if not self.content:
            raise self.fault("the workplace box is empty: say what evidence to collect.")
        name = nodes.make_id(f"{self.page}-workplace-{self.lineno}")
        # One below the section it stands in, so that no heading level is skipped.
        level = self.depth() + 1
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        evidence = (
            '<p class="points">Evidence for '
            + "; ".join(f"{attribute(point)} {attribute(known[point].name)}" for point in points)
            + ".</p>"
            if points
            else ""
        )
        return [
            html(
                f'<section class="workplace" aria-labelledby="{name}">'
                f'<h{level} class="box-title" id="{name}">In your workplace</h{level}>'
            ),
            *body.children,
            html(evidence + "</section>"),
        ]
