// The map room: draw a process map by form, see it as swimlanes or flowchart, run a log over it, and
// take it away as BPMN or as plain data. What is drawn is kept as the model's "room".
import { toBpmn } from "./bpmn.js";
import { stepFigures, variants, withoutTestCases } from "./event_log.js";
import { fixed, h, list, newId, percent, table } from "./kit.js";
import { draw, wrapped } from "./map_drawing.js";
import { laneFits, lanes, precision, readMap, replayLog, soundness } from "./process_map.js";

const LOGS = [["events_before", "Northfold before the change"], ["events_after", "Northfold after the change"]];
const KINDS = [["task", "Task"], ["gateway", "Gateway (a choice)"], ["start", "Start"], ["end", "End"]];
const CLOSING = "confirm";
const STORE = "cslearn:map-room";
const MOST_WAYS = 12;
// Pixels that a token moves in a second.
const PACE = 240;

// ---- the picture ------------------------------------------------------------------------

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function words(lines, x, y, more = {}) {
  const first = y + 4.5 - 7.5 * (lines.length - 1);
  return svg("text", { "text-anchor": "middle", fill: "currentColor", stroke: "none", ...more },
    ...lines.map((line, n) => svg("tspan", { x, y: first + 15 * n }, line)));
}

const PAPER = "var(--cslx-back)";

function symbol({ type, x, y, width, height, lines }) {
  const box = type === "gateway"
    ? svg("polygon", { points: `${x + width / 2},${y} ${x + width},${y + height / 2} ${x + width / 2},${y + height} ${x},${y + height / 2}`, fill: PAPER })
    : svg("rect", { x, y, width, height, rx: type === "task" ? 8 : height / 2, fill: PAPER, "stroke-width": type === "end" ? 3.5 : 1.5 });
  return [box, words(lines, x + width / 2, y + height / 2, type === "gateway" ? { "font-size": 12 } : {})];
}

function pointOf({ points }, wide) {
  const [[a, b], [x, y]] = points.slice(-2);
  const [dx, dy, size] = [Math.sign(x - a), Math.sign(y - b), 8 + wide];
  const corner = (side) => `${x - size * dx + (side * size * dy) / 2},${y - size * dy + (side * size * dx) / 2}`;
  return svg("polygon", { points: `${x},${y} ${corner(-1)} ${corner(1)}`, fill: "currentColor", stroke: "none" });
}

// shares: how wide each arrow is, from 0 to 1, by "from\nto".
export function picture(drawing, says, shares = new Map()) {
  const { width, height, head } = drawing;
  const parts = drawing.lanes.flatMap((lane, n) => [
    svg("rect", { x: lane.x, y: lane.y, width: lane.width, height: lane.height, "stroke-opacity": 0.45, "stroke-width": 1, fill: n % 2 ? "none" : "currentColor", "fill-opacity": 0.05 }),
    svg("line", { x1: lane.x, x2: lane.x + lane.width, y1: head, y2: head, "stroke-opacity": 0.45, "stroke-width": 1 }),
    words(wrapped(lane.name, 15, 2), lane.x + lane.width / 2, head / 2, { "font-weight": 600 }),
  ]);
  for (const arrow of drawing.arrows) {
    const wide = 5 * (shares.get(`${arrow.source}\n${arrow.target}`) ?? 0);
    parts.push(svg("polyline", { points: arrow.points.join(" "), "stroke-width": 1.5 + wide, "stroke-linejoin": "round" }), pointOf(arrow, wide));
  }
  parts.push(...drawing.shapes.flatMap(symbol));
  for (const arrow of drawing.arrows) {
    if (!arrow.label) continue;
    parts.push(svg("text", { x: arrow.at[0], y: arrow.at[1], "text-anchor": arrow.anchor, "font-size": 12, fill: "currentColor", stroke: PAPER, "stroke-width": 4, "paint-order": "stroke" }, arrow.label));
  }
  return svg("svg", {
    role: "img", "aria-label": says, width: width + 2, height: height + 2, viewBox: `-1 -1 ${width + 2} ${height + 2}`,
    fill: "none", stroke: "currentColor", "stroke-width": 1.5, "font-size": 13, class: "cslx-map",
  }, ...parts);
}

// ---- small controls -----------------------------------------------------------------------

function pick(label, options, value, onchange) {
  const id = newId();
  const select = h("select", { id }, options.map(([key, text]) => h("option", { value: key }, text)));
  // A word that is no longer in the list stays to be seen, and is found among the faults.
  if (value && !options.some(([key]) => key === value)) select.append(h("option", { value }, value));
  select.value = value;
  select.addEventListener("change", () => onchange(select.value));
  return h("div", { class: "cslx-field" }, h("label", { for: id }, label), select);
}

function entry(label, value, onchange) {
  const id = newId();
  const input = h("input", { type: "text", id, value, maxlength: 40, autocomplete: "off" });
  input.addEventListener("change", () => onchange(input.value));
  return h("div", { class: "cslx-field" }, h("label", { for: id }, label), input);
}

const button = (label, onclick, go = false) => h("button", { type: "button", class: go ? "cslx-go" : null, onclick }, label);
const plain = (names) => names.map((name) => [name, name]);
const put = (place, ...parts) => place.replaceChildren(...parts.flat().filter((part) => part !== null));

// ---- the room ---------------------------------------------------------------------------

const EMPTY = { nodes: [{ id: "start", type: "start", lane: "customer", activity: "" }], edges: [] };

// The way that most cases go, as a map: what a handbook usually shows.
function mostFrequent(log) {
  const [[trace]] = variants(log);
  const roles = new Map();
  for (const one of log) {
    if (one.steps.length === trace.length && one.steps.every((step, n) => step.activity === trace[n])) {
      one.steps.forEach((step, n) => roles.set(n, step.role));
      break;
    }
  }
  const ids = trace.map((activity, n) => (trace.indexOf(activity) === n ? activity : `${activity} ${trace.slice(0, n + 1).filter((one) => one === activity).length}`));
  const nodes = [
    { id: "start", type: "start", lane: roles.get(0), activity: "" },
    ...trace.map((activity, n) => ({ id: ids[n], type: "task", lane: roles.get(n), activity })),
    { id: "end", type: "end", lane: roles.get(trace.length - 1), activity: "" },
  ];
  return { nodes, edges: nodes.slice(1).map((node, n) => ({ from: nodes[n].id, to: node.id, label: "" })) };
}

const whole = (made) => [made?.nodes, made?.edges].every((rows) => Array.isArray(rows) && rows.every((one) => one && typeof one === "object"));

// read(name) promises the cases of a log; announce(words) says them to a screen reader. Gives what ends it.
export function mapRoom(read, model, body, announce) {
  let state = { ...structuredClone(EMPTY), log: "events_before", site: "", tests: true, inLanes: true };
  try {
    const kept = model.get("room") ?? JSON.parse(localStorage.getItem(STORE));
    if (whole(kept)) state = { ...state, ...kept };
  } catch (error) {
    console.warn("What was drawn before could not be read.", error);
  }
  let log = null;
  let player = null;
  const logPlace = h("div");
  const nodeList = h("div");
  const arrowList = h("div");
  const adder = h("div");
  const summary = h("p", { class: "cslx-say" });
  const drawn = h("div");
  const result = h("div", {}, h("p", {}, "The log is on its way …"));
  const take = h("div");
  const keep = () => {
    model.set("room", structuredClone(state));
    model.save_changes();
    try {
      localStorage.setItem(STORE, JSON.stringify(state));
    } catch {
      // Storage is off or full: the room works on, and forgets when the page closes.
    }
  };

  const chosen = () => {
    const kept = state.site ? log.filter((one) => one.site === state.site) : log;
    return state.tests ? kept : withoutTestCases(kept);
  };
  const activities = () => (log ? stepFigures(withoutTestCases(log)).map((one) => one.activity) : [...new Set(state.nodes.map((node) => node.activity).filter(Boolean))]);
  const roles = () => [...new Set([...(log ? withoutTestCases(log).flatMap((one) => one.steps.map((step) => step.role)) : []), ...state.nodes.map((node) => node.lane)])].filter(Boolean);
  const named = () => state.nodes.map((node) => node.id).filter(Boolean);
  const freeName = (wanted) => {
    let [name, n] = [wanted, 1];
    while (named().includes(name)) name = `${wanted} ${(n += 1)}`;
    return name;
  };

  // What depends on the map and on the log, drawn anew; the form that is being filled in stays.
  function show() {
    keep();
    player?.stop();
    player = null;
    const map = readMap(state.nodes, state.edges);
    const found = soundness(map, log ? activities() : null);
    const replayed = log ? replayLog(map, chosen(), CLOSING) : null;
    picturePart(map, replayed);
    resultPart(map, found, replayed);
    takePart(map);
    const says = found.length ? `✗ Not sound yet. ${found[0].says}` : "✓ The map is sound.";
    const share = replayed ? ` ${fixed(100 * replayed.fitness)}% of the cases can be replayed, with a precision of ${fixed(100 * precision(map, chosen()).share)}%.` : "";
    summary.textContent = says + share;
    announce(summary.textContent);
  }

  function lists() {
    nodesPart();
    arrowsPart();
    addPart();
  }

  // ---- the form ----

  function logPart() {
    const change = (name) => (value) => {
      state[name] = value;
      fetchLog();
    };
    logPlace.replaceChildren(
      h("div", { class: "cslx-pairs" },
        pick("Log", LOGS, state.log, change("log")),
        pick("Site", [["", "Both sites"], ["North", "North"], ["West", "West"]], state.site, change("site"))),
      h("label", { class: "cslx-tick" }, h("input", { type: "checkbox", checked: !state.tests, onchange: (event) => change("tests")(!event.target.checked) }), " ", h("span", {}, "Leave out test cases (user T00)")),
      h("p", { class: "cslx-hint" }, "Begin with a map that is there, or with nothing. This replaces what you have drawn."),
      button("The way that most cases go", () => {
        if (!log || !chosen().length) {
          announce("The log is still on its way. Wait a moment, then press the button again.");
          return;
        }
        Object.assign(state, mostFrequent(withoutTestCases(chosen())));
        lists();
        show();
      }),
      button("An empty map", () => {
        Object.assign(state, structuredClone(EMPTY));
        lists();
        show();
      }),
    );
  }

  const adding = { type: "task", activity: "", lane: "", after: "", label: "" };

  function addPart() {
    const names = named();
    if (!names.includes(adding.after)) adding.after = names[names.length - 1] ?? "";
    const set = (name) => (value) => {
      adding[name] = value;
      if (name !== "type") return;
      // Other fields for another kind; whoever steps through the list stays on it.
      addPart();
      adder.querySelector("select").focus();
    };
    const isTask = adding.type === "task";
    const fields = [
      pick("Kind", KINDS, adding.type, set("type")),
      isTask ? pick("Activity", [["", "Choose"], ...plain(activities())], adding.activity, set("activity")) : entry("Name", adding.name ?? "", set("name")),
      pick("Lane (who does it)", [["", "Choose"], ...plain(roles())], adding.lane, set("lane")),
      pick("It comes after", [["", "Nothing"], ...plain(names)], adding.after, set("after")),
      entry("Label on the arrow", adding.label, set("label")),
    ];
    const error = h("p", { class: "cslx-error", role: "alert" });
    adder.replaceChildren(h("h3", {}, "Add a step"),
      h("p", { class: "cslx-hint" }, "After a gateway the arrow needs a label: when does a case go that way?"),
      h("div", { class: "cslx-pairs" }, fields), error,
      button("Add it", () => {
        if (isTask && !adding.activity) {
          error.textContent = "Choose the activity that the task does.";
          return;
        }
        const id = freeName(isTask ? adding.activity : (adding.name ?? "").trim() || adding.type);
        state.nodes.push({ id, type: adding.type, lane: adding.lane, activity: isTask ? adding.activity : "" });
        if (adding.after) state.edges.push({ from: adding.after, to: id, label: adding.label.trim() });
        Object.assign(adding, { after: id, label: "", name: "" });
        lists();
        show();
        adder.querySelector("select").focus();
      }, true));
  }

  // One thing at a time to change: a list to choose it from, its fields, and a way to take it away.
  const chosenPlace = { nodes: 0, edges: 0 };

  function editor(place, kind, { title, what, legend, fields, remove, more = null }, focus = "") {
    const made = state[kind];
    const at = Math.min(chosenPlace[kind], made.length - 1);
    const isOpen = place.querySelector("details")?.open ?? false;
    const again = (focused) => editor(place, kind, { title, what, legend, fields, remove, more }, focused);
    const choose = made.length
      ? pick(what, made.map((one, n) => [String(n), legend(one, n)]), String(at), (value) => {
          chosenPlace[kind] = +value;
          again("select");
        })
      : h("p", {}, "There is none yet.");
    place.replaceChildren(h("details", { open: isOpen }, h("summary", {}, `${title} (${made.length})`), choose,
      made.length ? [h("div", { class: "cslx-pairs" }, fields(made[at])), button("Take it away", () => {
        remove(at);
        lists();
        show();
        (place.querySelector("select") ?? place.querySelector("summary")).focus();
      })] : null, more));
    if (focus) place.querySelector(focus)?.focus();
  }

  // What is chosen in the list has another name now; the form that is being filled in stays.
  const relabel = (place, text) => {
    place.querySelector("select").selectedOptions[0].textContent = text;
  };

  function nodesPart() {
    editor(nodeList, "nodes", {
      title: "Change or take away a node",
      what: "Which node",
      legend: (node, n) => node.id || `node ${n + 1}`,
      fields: (node) => {
        const set = (name) => (value) => {
          if (name === "id") {
            const now = value.trim();
            for (const arrow of state.edges) for (const end of ["from", "to"]) if (node.id && arrow[end] === node.id) arrow[end] = now;
            node.id = now;
            arrowsPart();
            addPart();
          } else node[name] = value;
          relabel(nodeList, node.id);
          show();
        };
        return [
          entry("Name", node.id, set("id")),
          pick("Kind", KINDS, node.type, set("type")),
          pick("Activity", [["", "None"], ...plain(activities())], node.activity, set("activity")),
          pick("Lane", [["", "None"], ...plain(roles())], node.lane, set("lane")),
        ];
      },
      remove: (n) => {
        const [{ id }] = state.nodes.splice(n, 1);
        state.edges = state.edges.filter((arrow) => arrow.from !== id && arrow.to !== id);
      },
    });
  }

  function arrowsPart() {
    editor(arrowList, "edges", {
      title: "Change, add or take away an arrow",
      what: "Which arrow",
      legend: (arrow) => `${arrow.from || "?"} → ${arrow.to || "?"}`,
      fields: (arrow) => {
        const set = (name) => (value) => {
          arrow[name] = name === "label" ? value.trim() : value;
          relabel(arrowList, `${arrow.from || "?"} → ${arrow.to || "?"}`);
          show();
        };
        const ends = [["", "Choose"], ...plain(named())];
        return [pick("From", ends, arrow.from, set("from")), pick("To", ends, arrow.to, set("to")), entry("Label", arrow.label, set("label"))];
      },
      remove: (n) => state.edges.splice(n, 1),
      more: button("Add an arrow", () => {
        state.edges.push({ from: "", to: "", label: "" });
        chosenPlace.edges = state.edges.length - 1;
        arrowsPart();
        show();
        arrowList.querySelectorAll("select")[1].focus();
      }),
    });
  }

  // ---- the picture and what the log says of it ----

  function picturePart(map, replayed) {
    const counts = new Map((replayed?.edges ?? []).map(([from, to, count]) => [`${from}\n${to}`, count]));
    const said = new Map(map.edges.map((edge) => {
      const key = `${edge.source}\n${edge.target}`;
      return [key, [edge.label, counts.has(key) ? String(counts.get(key)) : ""].filter(Boolean).join(": ")];
    }));
    const drawing = draw(map, { inLanes: state.inLanes, labels: said });
    const shares = new Map([...counts].map(([key, count]) => [key, replayed.cases ? count / replayed.cases : 0]));
    const tasks = map.nodes.filter((node) => node.type === "task").length;
    const image = picture(drawing, `Your map: ${tasks} tasks and ${map.edges.length} arrows in ${lanes(map).length} lanes. The table below says the same.`, shares);
    const frame = h("div", { class: "cslx-scroll cslx-frame", tabindex: "0", role: "group", "aria-label": "Drawing of your map" }, image);
    const exits = (node) => map.edges.filter((edge) => edge.source === node.id).map((edge) => {
      const count = counts.get(`${edge.source}\n${edge.target}`);
      return edge.target + (edge.label ? `, if ${edge.label}` : "") + (count === undefined ? "" : ` (${count} cases)`);
    });
    const name = newId();
    const way = (text, inLanes) => h("label", { class: "cslx-tick" }, h("input", { type: "radio", name, checked: state.inLanes === inLanes, onchange: () => {
      state.inLanes = inLanes;
      show();
      drawn.querySelectorAll("input[type=radio]")[inLanes ? 0 : 1].focus();
    } }), " ", h("span", {}, text));
    const opened = drawn.querySelector("details")?.open ?? false;
    drawn.replaceChildren(
      h("h3", {}, "Your map"),
      h("fieldset", { class: "cslx-bare" }, h("legend", { class: "cslx-status" }, "Show it as"), way("Swimlanes", true), way("Flowchart", false)),
      map.nodes.length ? frame : h("p", {}, "Nothing is drawn yet."),
      h("details", { open: opened }, h("summary", {}, "The same as a table"),
        table("Your map", ["Node", "Kind", "Lane", "Activity", "Leads to"], map.nodes.map((node) => [node.id, node.type, node.lane || "–", node.activity || "–", exits(node).join("; ") || "–"]))),
    );
    if (replayed) player = tokens(map, drawing, image, replayed, frame);
  }

  function resultPart(map, found, replayed) {
    const faults = found.length
      ? [h("p", { class: "cslx-wrong" }, h("strong", {}, `✗ ${found.length} ${found.length === 1 ? "thing" : "things"} to mend before the map is sound:`)), h("ul", {}, found.map((one) => h("li", {}, one.says)))]
      : [h("p", { class: "cslx-right" }, h("strong", {}, "✓ The map is sound. "), "One start, every step on a way from start to end, and every choice has its labels.")];
    if (!replayed) {
      put(result, h("h3", {}, "Is it sound?"), faults, h("p", {}, "The log is on its way …"));
      return;
    }
    const kept = chosen();
    const exact = precision(map, kept);
    const fits = laneFits(map, kept);
    const wrong = fits.filter((one) => !one.fits);
    const arrow = ([one, two]) => `${one || "the start"} → ${two || "the end"}`;
    const item = (term, value) => h("div", {}, h("dt", {}, term), h("dd", {}, value));
    put(result,
      h("h3", {}, "Is it sound?"), faults,
      h("h3", {}, "Does it show what happens?"),
      h("dl", { class: "cslx-figures" },
        item(`of ${replayed.cases} cases can be replayed (fitness)`, `${fixed(100 * replayed.fitness)}%`),
        item(`of ${exact.seen.length + exact.unseen.length} ways from task to task are really gone (precision)`, `${fixed(100 * exact.share)}%`),
        item("tasks in the lane of the role that does them", `${fits.length - wrong.length} of ${fits.length}`)),
      replayed.stops.length ? table("Where cases leave the map", ["The log goes, the map does not", "Cases"], replayed.stops.slice(0, 8).map(([after, then, count]) => [arrow([after, then]), String(count)])) : null,
      exact.unseen.length ? h("p", {}, `Drawn, but gone by fewer than 2% of cases: ${list(exact.unseen.map(arrow))}.`) : null,
      wrong.length ? h("ul", {}, wrong.map((one) => h("li", {}, `${one.node} is in the lane “${one.lane || "none"}”, which does ${percent(one.share)} of it. Most of it, ${percent(one.main_share)}, is done by ${one.main_role || "nobody in this log"}.`))) : null,
    );
  }

  // ---- to take away ----

  function takePart(map) {
    const said = h("p", { role: "status", class: "cslx-hint" });
    const text = `nodes = [\n${map.nodes.map((node) => `    ${JSON.stringify(node)},\n`).join("")}]\nedges = [\n${map.edges.map(({ source, target, label }) => `    ${JSON.stringify({ from: source, to: target, label })},\n`).join("")}]`;
    const id = newId();
    const area = h("textarea", { id, rows: 8, readonly: true, spellcheck: "false", class: "cslx-literal", value: text });
    take.replaceChildren(
      h("h3", {}, "Take it with you"),
      button("Export as BPMN", () => {
        try {
          const address = URL.createObjectURL(new Blob([toBpmn(map, "Complaints at Northfold")], { type: "application/xml" }));
          h("a", { href: address, download: "map.bpmn" }).click();
          setTimeout(() => URL.revokeObjectURL(address), 60000);
          said.textContent = "map.bpmn is saved. Modelling tools that read BPMN 2.0 open it.";
        } catch (error) {
          said.textContent = `Not exported. ${error.message}`;
        }
      }),
      said,
      h("details", {}, h("summary", {}, "As plain data, for a notebook"), h("div", { class: "cslx-field" }, h("label", { for: id }, "Nodes and arrows"), area)),
    );
  }

  function fetchLog() {
    keep();
    read(state.log).then(
      (came) => {
        log = came;
        lists();
        show();
      },
      (error) => {
        result.replaceChildren(h("p", { class: "cslx-error", role: "alert" }, `The log did not come: ${error.message}`), button("Try again", fetchLog));
      },
    );
  }

  body.replaceChildren(
    h("p", {}, "A map is a claim about what happens. Draw one, and the log says how many cases really go that way. Each change counts at once."),
    logPlace, adder, nodeList, arrowList, summary, drawn, result, take,
  );
  logPart();
  lists();
  show();
  fetchLog();
  return () => player?.stop();
}

// ---- token replay -----------------------------------------------------------------------

// One token for each of the most frequent ways. It moves along the arrows as far as the map goes.
function tokens(map, drawing, image, replayed, view) {
  const ways = new Map();
  for (const one of replayed.replays) {
    const key = JSON.stringify([one.path, one.after, one.then]);
    ways.set(key, { ...one, count: (ways.get(key)?.count ?? 0) + 1 });
  }
  const order = [...ways.values()].sort((one, two) => two.count - one.count).slice(0, MOST_WAYS);
  if (!order.length || !map.nodes.length) return null;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const token = svg("circle", { r: 9, fill: "var(--cslx-go)", stroke: PAPER, "stroke-width": 2, visibility: "hidden" });
  image.append(token);
  const says = h("p", { class: "cslx-say" }, "A token stands for a case. Let it go its way, and see where it has to stop.");
  const centre = (id) => {
    const { x, y, width, height } = drawing.shapes.find((shape) => shape.node === id);
    return [x + width / 2, y + height / 2];
  };
  let [at, step, frame, since] = [0, 0, 0, 0];
  const set = ([x, y]) => {
    for (const [name, value] of [["cx", x], ["cy", y], ["visibility", "visible"]]) token.setAttribute(name, value);
    // The drawing moves under its frame, so that the token stays to be seen.
    view.scrollTo(x - view.clientWidth / 2, y - view.clientHeight / 2);
  };
  const tell = () => {
    const way = order[at];
    const here = way.path[step] ?? "the start";
    const over = step >= way.path.length - 1;
    const where = `Way ${at + 1} of ${order.length}, gone by ${way.count} ${way.count === 1 ? "case" : "cases"}: the token is at “${here}”.`;
    const end = way.fits ? " It has come through." : ` ✗ It stops: in the log comes ${way.then ? `“${way.then}”` : "nothing more"}, and the map has no way there.`;
    says.textContent = where + (over ? end : "");
  };
  const corners = () => {
    const way = order[at];
    const arrow = drawing.arrows.find((one) => one.source === way.path[step] && one.target === way.path[step + 1]);
    return [centre(arrow.source), ...arrow.points, centre(arrow.target)];
  };
  const along = (points, distance) => {
    let left = distance;
    for (let n = 1; n < points.length; n += 1) {
      const [[a, b], [x, y]] = [points[n - 1], points[n]];
      const length = Math.hypot(x - a, y - b);
      if (left <= length) return [a + ((x - a) * left) / (length || 1), b + ((y - b) * left) / (length || 1)];
      left -= length;
    }
    return null;
  };
  // To the next symbol, or to the beginning of the next way; false after the last one.
  const onward = () => {
    if (step < order[at].path.length - 1) step += 1;
    else if (at < order.length - 1) [at, step] = [at + 1, 0];
    else return false;
    return true;
  };
  const stand = () => {
    set(centre(order[at].path[step] ?? map.nodes[0].id));
    tell();
  };
  const play = button(still ? "Next step" : "Play", () => {
    if (still) {
      if (token.getAttribute("visibility") === "visible" && !onward()) [at, step] = [0, 0];
      stand();
    } else if (frame) pause();
    else run();
  }, true);
  const one = button("Step", () => {
    pause();
    if (token.getAttribute("visibility") === "visible" && !onward()) [at, step] = [0, 0];
    stand();
  });
  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!still) play.textContent = "Play";
  }
  function run() {
    play.textContent = "Pause";
    since = 0;
    tell();
    const move = (now) => {
      since ||= now;
      const last = step >= order[at].path.length - 1;
      const spot = last ? null : along(corners(), ((now - since) * PACE) / 1000);
      if (spot) set(spot);
      // Where it has stopped it rests for a second, so that the words can be read.
      else if (!last || now - since > 1000) {
        since = 0;
        if (!onward()) {
          [at, step] = [0, 0];
          pause();
          return;
        }
        stand();
      }
      frame = requestAnimationFrame(move);
    };
    frame = requestAnimationFrame(move);
  }
  view.before(h("div", { role: "group", "aria-label": "Token replay" }, play, still ? null : one, says));
  return { stop: pause };
}
