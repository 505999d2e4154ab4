// The process map that a learner enters as two tables, drawn in swimlanes while it is filled in. The
// tables are its text twin. The drawing is the explorer's own, and is fetched when it is opened.

import { make } from "./make.js";

const EXPLORERS = new URL("../explorers/", import.meta.url);
const load = async () => {
  const [drawing, reading, room] = await Promise.all(
    ["map_drawing.js", "process_map.js", "map_room.js"].map((name) => import(new URL(name, EXPLORERS))));
  return { draw: drawing.draw, readMap: reading.readMap, picture: room.picture };
};

// Whether a task asks for a map: nodes with a lane, and arrows from one to another.
export const asksForMap = (schema) => {
  const { nodes, edges } = schema?.properties ?? {};
  return Boolean(nodes?.items?.properties?.lane && edges?.items?.properties?.from);
};

export class DrawnMap {
  // read() gives the answer as it stands.
  constructor(read) {
    this.read = read;
    this.place = make("div", { class: "map-place" });
    this.element = make("details", { class: "drawn-map", ontoggle: () => this.update() },
      make("summary", {}, "Your map, drawn"), this.place);
  }

  async update() {
    if (!this.element.open) return;
    try {
      this.tools ??= await load();
    } catch {
      this.place.replaceChildren(make("p", { class: "fault" }, "The drawing could not be fetched. Your entries are kept, and Check works without it."));
      return;
    }
    const { nodes, edges } = this.read();
    const rows = (list) => (list ?? []).filter((row) => row && typeof row === "object");
    const drawn = this.tools.readMap(rows(nodes), rows(edges));
    if (!drawn.nodes.length) {
      this.place.replaceChildren(make("p", { class: "help" }, "Nothing to draw yet. Give a node an id and say what it is."));
      return;
    }
    const says = `Your map: ${drawn.nodes.length} symbols and ${drawn.edges.length} arrows. The tables above have the same in words.`;
    const frame = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Your map, drawn" });
    frame.append(this.tools.picture(this.tools.draw(drawn), says));
    const faults = drawn.faults.map(({ says: sentence }) => make("li", {}, sentence));
    this.place.replaceChildren(frame, ...(faults.length ? [make("p", {}, "Not in the drawing:"), make("ul", {}, ...faults)] : []));
  }
}
