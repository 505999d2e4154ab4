// Where every symbol and arrow of a process map goes: cslearn.methods.map_drawing, step by step in
// the same order, so that page, notebook and exported file show the same map. A test compares them.
import { lanes } from "./process_map.js";

const NO_LANE = "no lane";
const LABEL = 24;
// As many letters as fit into a line of a symbol.
const LETTERS = { start: 12, end: 12, task: 14, gateway: 10 };
// What differs between a drawing that runs down the page and one that runs across it; boxes as [along, across].
const DOWN = {
  boxes: { start: [40, 104], end: [40, 104], task: [48, 104], gateway: [64, 104] },
  head: 44, before: 16, track: 18, after: 14, channel: 16, aside: 6.5,
};
const ACROSS = {
  boxes: { start: [36, 36], end: [36, 36], task: [100, 80], gateway: [50, 50] },
  head: 30, before: 30, track: 14, after: 30, channel: 30, aside: 5,
};

// ---- words ------------------------------------------------------------------------------

export function titleOf(node) {
  const plain = { task: node.activity, gateway: "" }[node.type] ?? node.type;
  return plain && /^[A-Za-z]{0,2}\d{0,3}$/.test(node.id) ? plain : node.id;
}

export const caption = (node) => wrapped(titleOf(node), LETTERS[node.type]);

export function wrapped(text, most, lines = 3) {
  let found = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = found.length - 1;
    if (last >= 0 && found[last].length + 1 + word.length <= most) found[last] += ` ${word}`;
    else found.push(word);
  }
  if (found.length > lines) found = [...found.slice(0, lines - 1), `${found[lines - 1]}…`];
  return found.map((line) => (line.length <= most + 2 ? line : `${line.slice(0, most + 1)}…`));
}

const shortened = (text) => (text.length <= LABEL ? text : `${text.slice(0, LABEL - 1).trimEnd()}…`);
const keyOf = (source, target) => `${source}\n${target}`;

// ---- the grid ---------------------------------------------------------------------------

function orderOf(drawn) {
  const exits = new Map(drawn.nodes.map((node) => [node.id, []]));
  for (const edge of drawn.edges) exits.get(edge.source).push(edge.target);
  const met = new Map();
  const back = new Set();
  const finished = [];
  const starts = drawn.nodes.filter((node) => node.type === "start");
  // Depth first, without recursion. met is true as long as the way to a node is still being followed.
  for (const { id: root } of [...starts, ...drawn.nodes]) {
    if (met.has(root)) continue;
    met.set(root, true);
    const waiting = [[root, 0]];
    while (waiting.length) {
      const [name, tried] = waiting.pop();
      if (tried === exits.get(name).length) {
        met.set(name, false);
        finished.push(name);
        continue;
      }
      waiting.push([name, tried + 1]);
      const target = exits.get(name)[tried];
      if (!met.has(target)) {
        met.set(target, true);
        waiting.push([target, 0]);
      } else if (met.get(target)) back.add(keyOf(name, target));
    }
  }
  return { met: [...met.keys()], order: finished.reverse(), back };
}

const laneNames = (drawn) => [...lanes(drawn), ...(drawn.nodes.some((node) => !node.lane) ? [NO_LANE] : [])];

function placesOf(drawn, inLanes) {
  const { met, order, back } = orderOf(drawn);
  const before = new Map(drawn.nodes.map((node) => [node.id, []]));
  for (const edge of drawn.edges) {
    if (!back.has(keyOf(edge.source, edge.target))) before.get(edge.target).push(edge.source);
  }
  const names = laneNames(drawn);
  const lane = new Map(drawn.nodes.map((node) => [node.id, names.indexOf(node.lane || NO_LANE)]));
  const row = new Map();
  const column = new Map();
  const taken = new Set();
  for (const name of order) {
    row.set(name, Math.max(0, ...before.get(name).map((other) => row.get(other) + 1)));
    if (!inLanes) continue;
    column.set(name, lane.get(name));
    while (taken.has(keyOf(row.get(name), column.get(name)))) row.set(name, row.get(name) + 1);
    taken.add(keyOf(row.get(name), column.get(name)));
  }
  if (inLanes) return { row, column, columns: names.length };
  for (const name of met.sort((one, two) => row.get(one) - row.get(two))) {
    const columns = before.get(name).map((other) => column.get(other));
    column.set(name, columns.length ? Math.min(...columns) : 0);
    while (taken.has(keyOf(row.get(name), column.get(name)))) column.set(name, column.get(name) + 1);
    taken.add(keyOf(row.get(name), column.get(name)));
  }
  return { row, column, columns: Math.max(-1, ...column.values()) + 1 };
}

// ---- the arrows -------------------------------------------------------------------------

const columnAt = (column) => 2 * column + 1;

// { edge, runs: [[gap, first, last]], channel (-2 for none), leaves, arrives }
function routesOf(drawn, row, column) {
  // Who uses the middle of a free cell: a node, or arrows to one target, or from one source.
  const used = new Map([...row.keys()].map((name) => [keyOf(row.get(name), column.get(name)), `node ${name}`]));
  const free = (at, first, last, key) => {
    for (let place = first; place < last; place += 1) if ((used.get(keyOf(place, at)) ?? key) !== key) return false;
    return true;
  };
  const take = (at, first, last, key) => {
    for (let place = first; place < last; place += 1) used.set(keyOf(place, at), key);
  };
  return drawn.edges.map((edge) => {
    const [above, below] = [row.get(edge.source), row.get(edge.target)];
    const [here, there] = [column.get(edge.source), column.get(edge.target)];
    const side = Math.sign(there - here);
    const [to, from] = [`to ${edge.target}`, `from ${edge.source}`];
    if (below <= above) {
      // It leads back: out at the side, up in the channel beside it, and in from above.
      const channel = side >= 0 ? here : here - 1;
      const middle = 2 * channel + 2;
      return { edge, runs: [[below - 1, middle, columnAt(there)]], channel, leaves: side >= 0 ? 1 : -1, arrives: middle > columnAt(there) ? 1 : -1 };
    }
    if (here === there && free(here, above + 1, below, to)) {
      take(here, above + 1, below, to);
      return { edge, runs: [], channel: -2, leaves: 0, arrives: 0 };
    }
    if (here !== there && free(there, above + 1, below, to)) {
      take(there, above + 1, below, to);
      return { edge, runs: [[above, columnAt(here), columnAt(there)]], channel: -2, leaves: 0, arrives: -side };
    }
    if (here !== there && free(here, above + 1, below, from)) {
      take(here, above + 1, below, from);
      return { edge, runs: [[below - 1, columnAt(here), columnAt(there)]], channel: -2, leaves: 0, arrives: -side };
    }
    const channel = side > 0 ? there - 1 : there;
    const middle = 2 * channel + 2;
    return { edge, runs: [[above, columnAt(here), middle], [below - 1, middle, columnAt(there)]], channel, leaves: 0, arrives: side > 0 ? -1 : 1 };
  });
}

// A track for each stretch [gap, first, last], so that no two on one track touch; and how many each gap needs.
function tracksOf(stretches) {
  const gaps = new Map();
  const given = stretches.map(([gap, first, last]) => {
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    if (!gaps.has(gap)) gaps.set(gap, []);
    const tracks = gaps.get(gap);
    let place = 0;
    while (place < tracks.length && tracks[place].some(([a, b]) => low <= b && a <= high)) place += 1;
    if (place === tracks.length) tracks.push([]);
    tracks[place].push([low, high]);
    return place;
  });
  return [given, new Map([...gaps].map(([gap, tracks]) => [gap, tracks.length]))];
}

// labels: other words for some arrows than those of the map, a Map by "from\nto".
export function draw(drawn, { inLanes = true, across = false, labels = new Map() } = {}) {
  const sizes = across ? ACROSS : DOWN;
  const { row, column, columns } = placesOf(drawn, inLanes);
  const routes = routesOf(drawn, row, column);
  const wordsOf = (edge) => shortened(labels.get(keyOf(edge.source, edge.target)) ?? edge.label);
  const rows = Math.max(-1, ...row.values()) + 1;
  const [runTracks, gaps] = tracksOf(routes.flatMap((route) => route.runs));
  const risers = routes.filter((route) => route.channel > -2);
  const [riserTracks, channels] = tracksOf(risers.map(({ edge, runs, channel, leaves }) =>
    [channel, leaves ? 2 * row.get(edge.source) : 2 * runs[0][0] + 1, 2 * runs[runs.length - 1][0] + 1]));

  // A straight arrow's label stands above the first track.
  const labelled = new Set(routes.filter((route) => !route.runs.length && wordsOf(route.edge)).map((route) => row.get(route.edge.source)));
  const depth = Array.from({ length: rows }, (_, place) =>
    Math.max(0, ...drawn.nodes.filter((node) => row.get(node.id) === place).map((node) => sizes.boxes[node.type][0])));
  const along = [];
  const tops = new Map();
  let at = inLanes ? sizes.head + 6 : 0;
  for (let place = -1; place < rows; place += 1) {
    if (place >= 0) {
      along.push(at);
      at += depth[place];
    }
    tops.set(place, at + (labelled.has(place) ? sizes.track : 0));
    const tracks = gaps.get(place) ?? 0;
    // The first gap is there only if an arrow leads back to the first row, the last one only as a margin.
    if (tracks || (place > -1 && place < rows - 1)) at = tops.get(place) + sizes.before + sizes.track * Math.max(0, tracks - 1) + sizes.after;
    else if (place === -1) at += 8;
  }
  const length = at + 12;
  const width = Math.max(...Object.values(sizes.boxes).map((size) => size[1]));
  const middles = [];
  const lefts = new Map();
  at = 0;
  for (let place = -1; place < columns; place += 1) {
    if (place >= 0) {
      middles.push(at + width / 2);
      at += width;
    }
    lefts.set(place, at);
    at += sizes.channel + 10 * (channels.get(place) ?? 0);
  }
  const breadth = at;
  const gapAt = (gap, track) => tops.get(gap) + sizes.before + sizes.track * track;
  const channelAt = (channel, track) => lefts.get(channel) + sizes.channel / 2 + 10 * track + 5;
  const point = (a, c) => (across ? [a, c] : [c, a]);
  const boxes = new Map(drawn.nodes.map((node) => {
    const [deep, wide] = sizes.boxes[node.type];
    const place = row.get(node.id);
    return [node.id, { type: node.type, top: along[place] + (depth[place] - deep) / 2, left: middles[column.get(node.id)] - wide / 2, deep, wide }];
  }));

  let n = 0;
  let riser = 0;
  const arrows = routes.map(({ edge, runs, channel, leaves, arrives }) => {
    const from = boxes.get(edge.source);
    const to = boxes.get(edge.target);
    const exit = from.left + from.wide / 2;
    const entry = to.left + to.wide / 2 + arrives * sizes.aside;
    // A diamond begins lower beside its middle.
    const lower = to.type === "gateway" ? (Math.abs(arrives) * sizes.aside * to.deep) / to.wide : 0;
    const tracks = runTracks.slice(n, n + runs.length);
    n += runs.length;
    let beside = 0;
    if (channel > -2) {
      beside = channelAt(channel, riserTracks[riser]);
      riser += 1;
    }
    const end = runs.length - 1;
    const last = runs.length ? gapAt(runs[end][0], tracks[end]) : 0;
    const under = from.top + from.deep;
    const middle = from.top + from.deep / 2;
    let corners;
    let where;
    let onward = true;
    if (!runs.length) {
      corners = [[under, exit]];
      where = [under + sizes.track - 4, exit + 6];
    } else if (channel > -2 && !leaves) {
      const first = gapAt(runs[0][0], tracks[0]);
      corners = [[under, exit], [first, exit], [first, beside], [last, beside], [last, entry]];
      // Over the first stretch, beside the symbol, where no other arrow crosses it.
      onward = beside > exit;
      where = [first - 4, exit + (onward ? 6 : -6)];
    } else {
      corners = leaves
        ? [[middle, from.left + (leaves > 0 ? from.wide : 0)], [middle, beside], [last, beside], [last, entry]]
        : [[under, exit], [last, exit], [last, entry]];
      onward = entry < (leaves ? beside : exit);
      where = [last - 4, entry + (onward ? 4 : -4)];
    }
    corners.push([to.top + lower, entry]);
    return {
      source: edge.source, target: edge.target, points: corners.map((corner) => point(...corner)), label: wordsOf(edge),
      at: point(...where), anchor: onward ? "start" : "end",
    };
  });
  const box = (a, c, deep, wide) => {
    const [x, y] = point(a, c);
    const [width, height] = across ? [deep, wide] : [wide, deep];
    return { x, y, width, height };
  };
  const shapes = drawn.nodes.map((node) => {
    const { top, left, deep, wide } = boxes.get(node.id);
    return { node: node.id, type: node.type, ...box(top, left, deep, wide), lines: caption(node) };
  });
  const names = inLanes ? laneNames(drawn) : [];
  const drawnLanes = names.map((name, place) => {
    const between = (left) => (lefts.get(left) + middles[left + 1] - width / 2) / 2;
    const begin = place === 0 ? 0 : between(place - 1);
    const end = place === columns - 1 ? breadth : between(place);
    return { name, ...box(0, begin, length, end - begin) };
  });
  const [wide, high] = across ? [length, breadth] : [breadth, length];
  return { width: wide, height: high, head: inLanes ? sizes.head : 0, lanes: drawnLanes, shapes, arrows };
}
