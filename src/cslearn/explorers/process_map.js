// The rules of cslearn.methods.process_map, step by step in the same order, so that a page and
// a notebook judge a map alike. A test compares them.
import { compare, directlyFollows, traceOf } from "./event_log.js";

export class Problem extends Error {}

const TYPES = ["start", "end", "task", "gateway"];
export const SEEN_SHARE = 0.02;
export const LANE_SHARE = 0.7;

// ---- reading ----------------------------------------------------------------------------

const word = (value) => (typeof value === "string" ? value.trim().split(/\s+/).join(" ") : "");
const row = (value) => (value !== null && typeof value === "object" ? value : {});

// { nodes: [{ id, type, lane, activity }], edges: [{ source, target, label }], faults }
export function readMap(nodes, edges) {
  const faults = [];
  const fault = (kind, where, says) => faults.push({ kind, where, says });
  const kept = new Map();
  nodes.forEach((given, n) => {
    const [id, type, lane, activity] = ["id", "type", "lane", "activity"].map((name) => word(row(given)[name]));
    if (!(id || type || lane || activity)) return;
    if (!id) fault("no id", `row ${n + 1}`, `Row ${n + 1} of the nodes has no id. Give it a short name.`);
    else if (!TYPES.includes(type)) fault("no type", id, `Node ${id} has no type. Choose start, end, task or gateway.`);
    else if (kept.has(id)) fault("same id", id, `Two nodes are called ${id}. Give each node an id of its own.`);
    else kept.set(id, { id, type, lane, activity: type === "task" ? activity : "" });
  });
  const arrows = new Map();
  edges.forEach((given, n) => {
    const [source, target, label] = ["from", "to", "label"].map((name) => word(row(given)[name]));
    if (!(source || target || label)) return;
    const where = `${source || "?"} to ${target || "?"}`;
    const lost = [source, target].filter((end) => !kept.has(end));
    const key = `${source}\n${target}`;
    if (!(source && target)) fault("loose arrow", where, `Row ${n + 1} of the arrows lacks ${source ? "its end" : "its beginning"}. Name two nodes.`);
    else if (lost.length) fault("unknown node", where, `The arrow from ${source} to ${target} names ${lost[0]}, and there is no such node. Add it or mend the arrow.`);
    else if (arrows.has(key)) fault("same arrow", where, `The arrow from ${source} to ${target} is there twice. Take one away.`);
    else arrows.set(key, { source, target, label });
  });
  return { nodes: [...kept.values()], edges: [...arrows.values()], faults };
}

// ---- soundness --------------------------------------------------------------------------

const listed = (words) => (words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : words.join(""));
const number = (count, thing) => (count === 0 ? `no ${thing}` : count === 1 ? `only one ${thing}` : `${count} ${thing}s`);
const called = (node, small = false) =>
  (small ? (["start", "end"].includes(node.type) ? `the ${node.type}` : node.type) : node.type[0].toUpperCase() + node.type.slice(1)) +
  ` ${node.id}` + (node.activity && node.activity !== node.id ? ` (${node.activity})` : "");

export function soundness(drawn, activities = null) {
  const found = [...drawn.faults];
  const add = (kind, where, says) => found.push({ kind, where, says });
  const out = (id) => drawn.edges.filter((edge) => edge.source === id);
  const into = (id) => drawn.edges.filter((edge) => edge.target === id);
  const of = (type) => drawn.nodes.filter((node) => node.type === type).map((node) => node.id);
  const [starts, ends] = [of("start"), of("end")];
  if (!starts.length) add("no start", "", "The map has no start. Add one node of the type start.");
  if (starts.length > 1) add("many starts", starts[1], `The map has ${starts.length} starts: ${listed(starts)}. Keep the one at which every case begins.`);
  if (!ends.length) add("no end", "", "The map has no end. Add a node of the type end where a case is closed.");
  for (const node of drawn.nodes) {
    const { id, type, activity } = node;
    const [exits, entries] = [out(id), into(id)];
    if (type === "start" && entries.length) add("into start", id, `The start ${id} has an arrow that leads back to it, from ${entries[0].source}. Lead it to the first task.`);
    if (type === "end" && exits.length) add("out of end", id, `The end ${id} has an arrow that leads on, to ${exits[0].target}. A case is over there; take it away.`);
    if (type === "task" && !activity) add("no activity", id, `Task ${id} does not say which activity it does. Choose one of the log's.`);
    if (type === "task" && activity && activities && !activities.includes(activity)) {
      add("unknown activity", id, `Task ${id} does '${activity}', which is not in the log. The log has ${listed(activities)}.`);
    }
    if (["start", "task"].includes(type) && exits.length > 1) {
      add("choice without gateway", id, `${called(node)} has ${exits.length} exits, and nothing says which one a case takes. Put a gateway after it.`);
    }
    if (type === "gateway") gateway(id, exits, entries, add);
  }
  offTheWay(drawn, starts, ends, add);
  return found;
}

function gateway(id, exits, entries, add) {
  // It brings ways together, and there is nothing to decide.
  if (exits.length === 1 && entries.length > 1) return;
  if (exits.length < 2) {
    add("few exits", id, `Gateway ${id} has ${number(exits.length, "exit")}. A decision needs two or more.`);
    return;
  }
  const bare = exits.find((edge) => !edge.label);
  if (bare) {
    add("no label", id, `The exit of gateway ${id} to ${bare.target} has no label. Say when a case goes that way.`);
    return;
  }
  const labels = exits.map((edge) => edge.label.toLowerCase());
  const twice = exits.find((edge, n) => labels.indexOf(labels[n]) !== labels.lastIndexOf(labels[n]));
  if (twice) add("same label", id, `Two exits of gateway ${id} have the label '${twice.label}'. Say for each when a case goes that way.`);
}

function offTheWay(drawn, starts, ends, add) {
  const reach = (begin, from, to) => {
    const reached = new Set(begin);
    const waiting = [...begin];
    while (waiting.length) {
      const here = waiting.pop();
      for (const edge of drawn.edges) {
        if (edge[from] === here && !reached.has(edge[to])) {
          reached.add(edge[to]);
          waiting.push(edge[to]);
        }
      }
    }
    return reached;
  };
  const reached = reach(starts, "source", "target");
  const leads = reach(ends, "target", "source");
  for (const node of drawn.nodes) {
    if (starts.length && !reached.has(node.id) && node.type !== "start") {
      add("not reached", node.id, `No way leads from the start to ${called(node, true)}. Draw the arrow that leads there, or take it away.`);
    }
    if (ends.length && !leads.has(node.id) && node.type !== "end") {
      add("dead branch", node.id, `From ${called(node, true)} no way leads to an end: a dead branch. Draw where a case goes next.`);
    }
  }
}

// ---- replay -----------------------------------------------------------------------------

// From each task or start the tasks that come next, each with the gateways between.
function waysOf(drawn) {
  const nodes = new Map(drawn.nodes.map((node) => [node.id, node]));
  const exits = new Map(drawn.nodes.map((node) => [node.id, drawn.edges.filter((edge) => edge.source === node.id)]));
  const next = new Map();
  const out = new Map();
  for (const node of drawn.nodes) {
    if (!["start", "task"].includes(node.type)) continue;
    const follow = new Map();
    // Breadth first, so that the shortest way through the gateways is the one that counts.
    const waiting = [[node.id, []]];
    const passed = new Set([node.id]);
    const met = new Set();
    for (let at = 0; at < waiting.length; at += 1) {
      const [here, gateways] = waiting[at];
      for (const edge of exits.get(here)) {
        const other = nodes.get(edge.target);
        if (other.type === "gateway" && !passed.has(other.id)) {
          passed.add(other.id);
          waiting.push([other.id, [...gateways, other.id]]);
        } else if (other.type === "end") {
          if (!out.has(node.id)) out.set(node.id, [other.id, gateways]);
        } else if (other.type === "task" && !met.has(other.id)) {
          met.add(other.id);
          if (!follow.has(other.activity)) follow.set(other.activity, []);
          follow.get(other.activity).push([other.id, gateways]);
        }
      }
    }
    next.set(node.id, follow);
  }
  const starts = drawn.nodes.filter((node) => node.type === "start").map((node) => node.id);
  return { starts, next, out, activity: new Map(drawn.nodes.map((node) => [node.id, node.activity])) };
}

function replayed(ways, trace, ended) {
  // A map may have two tasks of one activity, so every place where the case may be is followed.
  const layers = [new Map(ways.starts.map((id) => [id, null]))];
  for (const activity of trace) {
    const here = new Map();
    for (const place of layers[layers.length - 1].keys()) {
      for (const [task, gateways] of ways.next.get(place).get(activity) ?? []) {
        if (!here.has(task)) here.set(task, [place, gateways]);
      }
    }
    if (!here.size) break;
    layers.push(here);
  }
  const done = layers.length - 1;
  const last = layers[done];
  let place = last.size ? [...last.keys()][0] : null;
  let fits = done === trace.length && place !== null;
  let tail = [];
  if (fits && ended) {
    const stands = [...last.keys()].filter((id) => ways.out.has(id));
    fits = stands.length > 0;
    if (fits) {
      [place] = stands;
      const [end, gateways] = ways.out.get(place);
      tail = [...gateways, end];
    }
  }
  const path = [];
  for (let n = done; n >= 0 && place !== null; n -= 1) {
    const came = layers[n].get(place);
    path.push(place);
    if (came === null) break;
    path.push(...[...came[1]].reverse());
    [place] = came;
  }
  return {
    fits, path: [...path.reverse(), ...tail], done,
    after: fits || !done ? "" : trace[done - 1], then: fits || done === trace.length ? "" : trace[done],
  };
}

export const replay = (drawn, trace, ended = true) => replayed(waysOf(drawn), trace, ended);

// { cases, fitting, fitness, edges: [[from, to, cases]], stops: [[after, then, cases]], replays }
// replays: of each case its replay, for whoever shows them.
export function replayLog(drawn, log, closing = null) {
  const ways = waysOf(drawn);
  const known = new Map();
  const edges = new Map(drawn.edges.map((edge) => [`${edge.source}\n${edge.target}`, [edge.source, edge.target, 0]]));
  const stops = new Map();
  let fitting = 0;
  const replays = log.map((one) => {
    const trace = traceOf(one);
    const ended = closing === null || trace.includes(closing);
    const key = `${ended}\n${trace.join("\n")}`;
    if (!known.has(key)) known.set(key, replayed(ways, trace, ended));
    const each = known.get(key);
    if (each.fits) {
      fitting += 1;
      const used = new Set(each.path.slice(1).map((to, n) => `${each.path[n]}\n${to}`));
      for (const pair of used) edges.get(pair)[2] += 1;
    } else {
      const stop = `${each.after}\n${each.then}`;
      if (!stops.has(stop)) stops.set(stop, [each.after, each.then, 0]);
      stops.get(stop)[2] += 1;
    }
    return each;
  });
  const ordered = [...stops.values()].sort((one, two) => two[2] - one[2] || compare(one[0], two[0]) || compare(one[1], two[1]));
  return { cases: log.length, fitting, fitness: log.length ? fitting / log.length : 0, edges: [...edges.values()], stops: ordered, replays };
}

export function taskPairs(drawn) {
  const ways = waysOf(drawn);
  const found = new Map();
  for (const [id, follow] of ways.next) {
    if (ways.starts.includes(id)) continue;
    for (const activity of follow.keys()) {
      if (ways.activity.get(id) && activity) found.set(`${ways.activity.get(id)}\n${activity}`, [ways.activity.get(id), activity]);
    }
  }
  return [...found.values()];
}

// { share, seen: [[one, next]], unseen }
export function precision(drawn, log, least = SEEN_SHARE) {
  const cases = new Map(directlyFollows(log).map(([one, two, , count]) => [`${one}\n${two}`, count]));
  const all = taskPairs(drawn);
  const isSeen = (pair) => log.length > 0 && (cases.get(pair.join("\n")) ?? 0) / log.length >= least;
  const seen = all.filter(isSeen);
  return { share: all.length ? seen.length / all.length : 0, seen, unseen: all.filter((pair) => !isSeen(pair)) };
}

// ---- lanes ------------------------------------------------------------------------------

export const lanes = (drawn) => [...new Set(drawn.nodes.map((node) => node.lane).filter(Boolean))];

export function laneFits(drawn, log, least = LANE_SHARE) {
  const ways = waysOf(drawn);
  const known = new Map();
  const at = new Map(drawn.nodes.map((node) => [node.id, new Map()]));
  const everywhere = new Map();
  const add = (counts, role) => counts.set(role, (counts.get(role) ?? 0) + 1);
  for (const one of log) {
    const trace = traceOf(one);
    const key = trace.join("\n");
    if (!known.has(key)) known.set(key, replayed(ways, trace, true).path.filter((id) => ways.activity.get(id)));
    const tasks = known.get(key);
    one.steps.forEach((step, n) => {
      if (!everywhere.has(step.activity)) everywhere.set(step.activity, new Map());
      add(everywhere.get(step.activity), step.role);
      if (n < tasks.length) add(at.get(tasks[n]), step.role);
    });
  }
  return drawn.nodes.filter((node) => node.type === "task" && node.activity).map(({ id, activity, lane }) => {
    const counts = at.get(id).size ? at.get(id) : (everywhere.get(activity) ?? new Map());
    const total = [...counts.values()].reduce((sum, times) => sum + times, 0);
    let main = "";
    for (const [role, times] of counts) {
      const best = counts.get(main) ?? -1;
      if (times > best || (times === best && compare(role, main) > 0)) main = role;
    }
    const share = total ? (counts.get(lane) ?? 0) / total : 0;
    const most = total ? (counts.get(main) ?? 0) / total : 0;
    return { node: id, activity, lane, share, main_role: main, main_share: most, fits: total > 0 && (share >= least || (most < least && lane === main)) };
  });
}
