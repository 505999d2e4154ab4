"""A process map as BPMN 2.0 XML, the file that modelling tools open, with lanes and the place of every symbol.

Source: ISO/IEC 19510:2013 (BPMN 2.0.1), chapters 10 (process) and 12 (diagram interchange). The same
steps in the same order stand in ``explorers/bpmn.js``.
"""

from __future__ import annotations

import math

from cslearn.methods.map_drawing import Drawing, draw, title_of
from cslearn.methods.process_map import END, GATEWAY, START, TASK, ProcessMap, ready

_ELEMENTS = {START: "startEvent", END: "endEvent", TASK: "task", GATEWAY: "exclusiveGateway"}
_SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
# Room around the pool, and the strip with its name.
_MARGIN, _POOL_HEAD = 80, 30


def to_bpmn(drawn: ProcessMap, name: str = "Process") -> str:
    """The text of a ``.bpmn`` file: one pool, a lane for each lane of the map, and the drawing from left to right.

    A task bears its activity, or its id where that says more; a gateway is exclusive; an
    arrow bears its label. Raises Problem for a map that is not sound, with the first finding,
    because a tool would open it and mean something else by it.
    """
    ready(drawn)
    drawing = draw(drawn, across=True)
    number = {node.id: f"Node_{place}" for place, node in enumerate(drawn.nodes, start=1)}
    flow = {(edge.source, edge.target): f"Flow_{place}" for place, edge in enumerate(drawn.edges, start=1)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    spaces = " ".join(f'xmlns:{short}="{address}"' for short, address in _SPACES.items())
    lines.append(f'<bpmn:definitions {spaces} id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">')
    lines.append('  <bpmn:collaboration id="Collaboration_1">')
    lines.append(f'    <bpmn:participant id="Pool_1" name="{_escaped(name)}" processRef="Process_1"/>')
    lines.append("  </bpmn:collaboration>")
    lines.append(f'  <bpmn:process id="Process_1" name="{_escaped(name)}" isExecutable="false">')
    lines.append('    <bpmn:laneSet id="LaneSet_1">')
    for place, lane in enumerate(drawing.lanes, start=1):
        lines.append(f'      <bpmn:lane id="Lane_{place}" name="{_escaped(lane.name)}">')
        for node in drawn.nodes:
            # A node without a lane is in the last one, which is called so.
            if node.lane == lane.name or (not node.lane and place == len(drawing.lanes)):
                lines.append(f"        <bpmn:flowNodeRef>{number[node.id]}</bpmn:flowNodeRef>")
        lines.append("      </bpmn:lane>")
    lines.append("    </bpmn:laneSet>")
    for node in drawn.nodes:
        element = _ELEMENTS[node.type]
        lines.append(f'    <bpmn:{element} id="{number[node.id]}" name="{_escaped(title_of(node))}">')
        for way, end in (("incoming", 1), ("outgoing", 0)):
            for pair, id in flow.items():
                if pair[end] == node.id:
                    lines.append(f"      <bpmn:{way}>{id}</bpmn:{way}>")
        lines.append(f"    </bpmn:{element}>")
    for edge in drawn.edges:
        label = f' name="{_escaped(edge.label)}"' if edge.label else ""
        ends = f'sourceRef="{number[edge.source]}" targetRef="{number[edge.target]}"'
        lines.append(f'    <bpmn:sequenceFlow id="{flow[edge.source, edge.target]}"{label} {ends}/>')
    lines.append("  </bpmn:process>")
    lines += _diagram(drawing, number, flow)
    lines.append("</bpmn:definitions>")
    return "\n".join(lines) + "\n"


def _diagram(drawing: Drawing, number: dict[str, str], flow: dict[tuple[str, str], str]) -> list[str]:
    lines = [
        '  <bpmndi:BPMNDiagram id="Diagram_1">',
        '    <bpmndi:BPMNPlane id="Plane_1" bpmnElement="Collaboration_1">',
    ]

    def shape(element: str, x: float, y: float, width: float, height: float, more: str = "") -> None:
        lines.append(f'      <bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{more}>')
        lines.append(f'        <dc:Bounds x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"/>')
        lines.append("      </bpmndi:BPMNShape>")

    left, top = _MARGIN + _POOL_HEAD, _MARGIN
    shape("Pool_1", _MARGIN, top, drawing.width + _POOL_HEAD, drawing.height, ' isHorizontal="true"')
    for place, lane in enumerate(drawing.lanes, start=1):
        shape(f"Lane_{place}", left + lane.x, top + lane.y, lane.width, lane.height, ' isHorizontal="true"')
    for each in drawing.shapes:
        more = ' isMarkerVisible="true"' if each.type == GATEWAY else ""
        shape(number[each.node], left + each.x, top + each.y, each.width, each.height, more)
    for arrow in drawing.arrows:
        element = flow[arrow.source, arrow.target]
        lines.append(f'      <bpmndi:BPMNEdge id="{element}_di" bpmnElement="{element}">')
        for x, y in arrow.points:
            lines.append(f'        <di:waypoint x="{_n(left + x)}" y="{_n(top + y)}"/>')
        lines.append("      </bpmndi:BPMNEdge>")
    return [*lines, "    </bpmndi:BPMNPlane>", "  </bpmndi:BPMNDiagram>"]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _n(value: float) -> str:
    return str(math.floor(value * 10 + 0.5) / 10).removesuffix(".0")
