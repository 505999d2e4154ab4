"""Exported maps are valid by the standard's own schema, and bpmn-js opens them in Chromium as they were drawn."""

import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from random_maps import random_map
from test_process_map import EDGES, NODES, edge, node

from cslearn.methods import process_map
from cslearn.methods.bpmn import to_bpmn
from cslearn.methods.map_drawing import title_of
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("bpmn.lock")
SCHEMA = ROOT / ".cache" / "bpmn-schema"
VIEWER = ROOT / ".cache" / "bpmn-js"
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"
# The first release of bpmn-js that is tried; its licence is MIT with a watermark, and it is never handed on.
BPMN_JS = "18.31.1"
INTEGRITY = "Hc7LzrgwfcBRUAdI/380Q2v1MJ115atGEVGadawLfDbHdo+r+IkmNj8fuYPFmWglUYt1KYIaC46OeX16HGTKQw=="


def maps(count: int) -> list[process_map.ProcessMap]:
    rng = random.Random(4)
    found = [process_map.read_map(*random_map(rng)) for _ in range(count)]
    names = [*NODES[:-1], node('<closed> & "done"', "end", lane="")]
    odd = [*EDGES[:-1], edge("reply", '<closed> & "done"', 'it\'s <over> & "paid"')]
    return [process_map.read_map(NODES, EDGES), process_map.read_map(names, odd), *found]


def test_it_says_what_the_map_says():
    for drawn in maps(40):
        root = ET.fromstring(to_bpmn(drawn, 'Complaints & "refunds"'))
        assert root.find(f".//{MODEL}participant").get("name") == 'Complaints & "refunds"'
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(set(ids)) == len(ids)
        kinds = {"startEvent": "start", "endEvent": "end", "task": "task", "exclusiveGateway": "gateway"}
        named = {each.get("id"): (kinds[each.tag.removeprefix(MODEL)], each.get("name")) for each in root.iter()
                 if each.tag.removeprefix(MODEL) in kinds}  # fmt: skip
        assert sorted(named.values()) == sorted((each.type, title_of(each)) for each in drawn.nodes)
        number = {each.id: f"Node_{place}" for place, each in enumerate(drawn.nodes, start=1)}
        flows = {
            (each.get("sourceRef"), each.get("targetRef"), each.get("name") or "")
            for each in root.iter(f"{MODEL}sequenceFlow")
        }
        assert flows == {(number[each.source], number[each.target], each.label) for each in drawn.edges}
        ends = {
            each.get("id"): (each.get("sourceRef"), each.get("targetRef")) for each in root.iter(f"{MODEL}sequenceFlow")
        }
        for each in root.iter():
            if each.get("id") in named:
                for way, end in (("outgoing", 0), ("incoming", 1)):
                    told = [flow.text for flow in each.findall(f"{MODEL}{way}")]
                    assert sorted(told) == sorted(flow for flow, pair in ends.items() if pair[end] == each.get("id"))
        lanes = {
            each.get("name"): {ref.text for ref in each.iter(f"{MODEL}flowNodeRef")}
            for each in root.iter(f"{MODEL}lane")
        }
        expected: dict = {}
        for each in drawn.nodes:
            expected.setdefault(each.lane or "no lane", set()).add(number[each.id])
        assert lanes == expected
        shown = {each.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for each in root.iter(DIAGRAM + kind)}
        flow_ids = {each.get("id") for each in root.iter(f"{MODEL}sequenceFlow")}
        assert shown == {"Pool_1", *named, *flow_ids, *(each.get("id") for each in root.iter(f"{MODEL}lane"))}


def test_a_map_that_is_not_sound_is_not_exported():
    with pytest.raises(Problem, match="The map has no end"):
        to_bpmn(process_map.read_map(NODES[:-1], EDGES[:-1]))


PROBE = """
import json, sys
from pathlib import Path
import xmlschema
schema = xmlschema.XMLSchema(Path(sys.argv[1]) / "BPMN20.xsd")
print(json.dumps([[error.reason for error in schema.iter_errors(text)] for text in json.load(sys.stdin)]))
"""


@pytest.mark.slow
def test_exported_maps_are_valid_by_the_standard_s_schema():
    # SpiffWorkflow (LGPL) carries the schema that OMG publishes with the standard; xmlschema judges by it.
    if not (SCHEMA / "xmlschema").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--require-hashes", "--target", SCHEMA, "-r", LOCK], check=True)
    texts = [to_bpmn(drawn, "A & B") for drawn in maps(40)]
    # A schema that takes anything would prove nothing.
    broken = [
        texts[0].replace("<bpmn:task ", "<bpmn:tusk ", 1).replace("</bpmn:task>", "</bpmn:tusk>", 1),
        texts[0].replace(' y="', ' why="', 1),
    ]
    run = subprocess.run(
        [sys.executable, "-c", PROBE, SCHEMA / "SpiffWorkflow" / "bpmn" / "parser" / "schema"],
        input=json.dumps([*texts, *broken]), env={**os.environ, "PYTHONPATH": str(SCHEMA)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(run.stdout.splitlines()[-1])
    assert found[: len(texts)] == [[]] * len(texts)
    assert all(found[len(texts) :])


def viewer() -> Path:
    """The script of bpmn-js, fetched once with npm and checked."""
    script = VIEWER / "package" / "dist" / "bpmn-viewer.production.min.js"
    if not script.is_file():
        if not shutil.which("npm"):
            pytest.skip("npm is not there, which fetches bpmn-js")
        VIEWER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", f"bpmn-js@{BPMN_JS}", "--silent"], cwd=VIEWER, check=True)
        archive = VIEWER / f"bpmn-js-{BPMN_JS}.tgz"
        assert base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == INTEGRITY
        with tarfile.open(archive) as packed:
            packed.extractall(VIEWER, filter="data")
    return script


OPEN = """async (text) => {
  const viewer = new BpmnJS({ container: document.querySelector("#place") });
  const { warnings } = await viewer.importXML(text);
  const all = viewer.get("elementRegistry").getAll();
  const found = {
    warnings: warnings.map((warning) => warning.message),
    boxes: Object.fromEntries(all.filter((e) => e.width && e.type !== "label").map((e) => [e.id, [e.x, e.y, e.width, e.height]])),
    flows: all.filter((e) => e.type === "bpmn:SequenceFlow").map((e) => [e.source.id, e.target.id]),
    lanes: Object.fromEntries(all.filter((e) => e.type === "bpmn:Lane").map((e) => [e.businessObject.name, (e.businessObject.flowNodeRef ?? []).map((n) => n.id)])),
  };
  viewer.destroy();
  return found;
}"""


@pytest.mark.slow
@pytest.mark.browser
def test_bpmn_js_opens_them_with_every_symbol_in_its_lane(browser):
    script = viewer()
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_content('<div id="place" style="height: 800px"></div>')
    page.add_script_tag(path=script)
    for drawn in maps(20):
        found = page.evaluate(OPEN, to_bpmn(drawn))
        assert found["warnings"] == []
        number = {each.id: f"Node_{place}" for place, each in enumerate(drawn.nodes, start=1)}
        flows = [[number[each.source], number[each.target]] for each in drawn.edges]
        assert sorted(found["flows"]) == sorted(flows)
        lanes = {name: f"Lane_{place}" for place, name in enumerate(found["lanes"], start=1)}
        for each in drawn.nodes:
            x, y, width, height = found["boxes"][number[each.id]]
            name = each.lane or "no lane"
            assert number[each.id] in found["lanes"][name]
            left, top, wide, high = found["boxes"][lanes[name]]
            assert left <= x and x + width <= left + wide and top <= y and y + height <= top + high
    page.close()
