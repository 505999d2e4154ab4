// A process map as BPMN 2.0 XML: cslearn.methods.bpmn, step by step in the same order. A test compares them.
import { draw, titleOf } from "./map_drawing.js";
import { Problem, soundness } from "./process_map.js";

const ELEMENTS = { start: "startEvent", end: "endEvent", task: "task", gateway: "exclusiveGateway" };
const SPACES = {
  bpmn: "http://www.omg.org/spec/BPMN/20100524/MODEL",
  bpmndi: "http://www.omg.org/spec/BPMN/20100524/DI",
  dc: "http://www.omg.org/spec/DD/20100524/DC",
  di: "http://www.omg.org/spec/DD/20100524/DI",
};
const MARGIN = 80;
const POOL_HEAD = 30;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const n = (value) => String(Math.floor(value * 10 + 0.5) / 10);

export function toBpmn(drawn, name = "Process") {
  const found = soundness(drawn);
  if (found.length) {
    const more = found.length - 1;
    throw new Problem(found[0].says + (more ? ` There ${more === 1 ? "is" : "are"} ${more} more.` : ""));
  }
  const drawing = draw(drawn, { across: true });
  const number = new Map(drawn.nodes.map((node, place) => [node.id, `Node_${place + 1}`]));
  const flow = new Map(drawn.edges.map((edge, place) => [edge, `Flow_${place + 1}`]));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<bpmn:definitions ${Object.entries(SPACES).map(([short, address]) => `xmlns:${short}="${address}"`).join(" ")} id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">`,
    '  <bpmn:collaboration id="Collaboration_1">',
    `    <bpmn:participant id="Pool_1" name="${escaped(name)}" processRef="Process_1"/>`,
    "  </bpmn:collaboration>",
    `  <bpmn:process id="Process_1" name="${escaped(name)}" isExecutable="false">`,
    '    <bpmn:laneSet id="LaneSet_1">',
  ];
  drawing.lanes.forEach((lane, place) => {
    lines.push(`      <bpmn:lane id="Lane_${place + 1}" name="${escaped(lane.name)}">`);
    for (const node of drawn.nodes) {
      // A node without a lane is in the last one, which is called so.
      const here = node.lane === lane.name || (!node.lane && place === drawing.lanes.length - 1);
      if (here) lines.push(`        <bpmn:flowNodeRef>${number.get(node.id)}</bpmn:flowNodeRef>`);
    }
    lines.push("      </bpmn:lane>");
  });
  lines.push("    </bpmn:laneSet>");
  for (const node of drawn.nodes) {
    const element = ELEMENTS[node.type];
    lines.push(`    <bpmn:${element} id="${number.get(node.id)}" name="${escaped(titleOf(node))}">`);
    for (const [way, end] of [["incoming", "target"], ["outgoing", "source"]]) {
      for (const [edge, id] of flow) if (edge[end] === node.id) lines.push(`      <bpmn:${way}>${id}</bpmn:${way}>`);
    }
    lines.push(`    </bpmn:${element}>`);
  }
  for (const [edge, id] of flow) {
    const label = edge.label ? ` name="${escaped(edge.label)}"` : "";
    lines.push(`    <bpmn:sequenceFlow id="${id}"${label} sourceRef="${number.get(edge.source)}" targetRef="${number.get(edge.target)}"/>`);
  }
  lines.push("  </bpmn:process>", ...diagram(drawing, number, [...flow.values()]), "</bpmn:definitions>");
  return `${lines.join("\n")}\n`;
}

function diagram(drawing, number, flow) {
  const lines = ['  <bpmndi:BPMNDiagram id="Diagram_1">', '    <bpmndi:BPMNPlane id="Plane_1" bpmnElement="Collaboration_1">'];
  const shape = (element, x, y, width, height, more) => lines.push(
    `      <bpmndi:BPMNShape id="${element}_di" bpmnElement="${element}"${more}>`,
    `        <dc:Bounds x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/>`,
    "      </bpmndi:BPMNShape>",
  );
  const [left, top] = [MARGIN + POOL_HEAD, MARGIN];
  shape("Pool_1", MARGIN, top, drawing.width + POOL_HEAD, drawing.height, ' isHorizontal="true"');
  drawing.lanes.forEach((lane, place) => shape(`Lane_${place + 1}`, left + lane.x, top + lane.y, lane.width, lane.height, ' isHorizontal="true"'));
  for (const one of drawing.shapes) {
    shape(number.get(one.node), left + one.x, top + one.y, one.width, one.height, one.type === "gateway" ? ' isMarkerVisible="true"' : "");
  }
  drawing.arrows.forEach((arrow, place) => {
    lines.push(`      <bpmndi:BPMNEdge id="${flow[place]}_di" bpmnElement="${flow[place]}">`);
    for (const [x, y] of arrow.points) lines.push(`        <di:waypoint x="${n(left + x)}" y="${n(top + y)}"/>`);
    lines.push("      </bpmndi:BPMNEdge>");
  });
  return [...lines, "    </bpmndi:BPMNPlane>", "  </bpmndi:BPMNDiagram>"];
}
