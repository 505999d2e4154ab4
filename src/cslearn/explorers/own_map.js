// The learner's own evidence map: titles of pieces, what they cover, what is missing, a draft of the story, and
// a document to print or hand in, which can be opened here again. Nothing but titles is asked for, and all
// of it stays in this browser.
import { data } from "./evidence_map_data.js";
import { CELLS, ORDER, named } from "./evidence_map_pieces.js";
import { h, list, newId, table } from "./kit.js";
import { KINDS, POINTS, STAGES, TESTS, day, evidenceMap, faults, isDay, narrative } from "./portfolio.js";

const loadDocument = () => import("./evidence_map_document.js");

const STORE = "cslearn:portfolio:evidence-map";
const STAGE_WORDS = {
  need: "Need: what was wrong, and for whom",
  plan: "Plan: what you decided and prepared",
  do: "Do: what happened while it ran",
  evaluate: "Evaluate: what came of it",
};
const MOST_PIECES = 80;
const LONGEST = { title: 120, change: 160, part: 400 };
const MOST_BYTES = 1024 * 1024;
const TICKS = {
  real: "It comes from my own work, not from a course",
  mine: "It shows my own part",
  safe: "Nobody can be known by it, and I may use it",
};

const fresh = () => ({ change: "", part: "", pieces: [] });

// ---- what is kept, and what a file may bring ----------------------------------------------

const isText = (value, most) => typeof value === "string" && value.length <= most;

function isPiece(piece) {
  return (
    piece !== null && typeof piece === "object" && isText(piece.title, LONGEST.title) && piece.title.trim() !== "" &&
    Object.hasOwn(KINDS, piece.kind) && Object.hasOwn(STAGES, piece.stage) &&
    Array.isArray(piece.points) && piece.points.length > 0 && piece.points.every((point) => POINTS.includes(point)) &&
    (piece.date === "" || (isText(piece.date, 10) && isDay(piece.date))) &&
    Object.keys(TICKS).every((test) => typeof piece[test] === "boolean")
  );
}

// A map that fits, with nothing in it that does not belong; null for anything else.
export function readMap(found) {
  const whole =
    found !== null && typeof found === "object" && isText(found.change, LONGEST.change) && isText(found.part, LONGEST.part) &&
    Array.isArray(found.pieces) && found.pieces.length <= MOST_PIECES && found.pieces.every(isPiece);
  if (!whole) return null;
  return {
    change: found.change,
    part: found.part,
    pieces: found.pieces.map(({ title, kind, stage, points, date, real, mine, safe }) =>
      ({ title, kind, stage, points: POINTS.filter((point) => points.includes(point)), date, real, mine, safe })),
  };
}

// The map in a document that was downloaded here, or null.
export function readDocument(text) {
  try {
    const page = new DOMParser().parseFromString(text, "text/html");
    return readMap(JSON.parse(page.querySelector("script#evidence-map").textContent));
  } catch {
    return null;
  }
}

// ---- the page -----------------------------------------------------------------------------

const button = (label, onclick, go = false) => h("button", { type: "button", class: go ? "cslx-go" : null, onclick }, label);

function pick(label, options, value = "") {
  const id = newId();
  const control = h("select", { id }, h("option", { value: "" }, "Choose"), options.map(([key, text]) => h("option", { value: key }, text)));
  control.value = value;
  return { control, node: h("div", { class: "cslx-field" }, h("label", { for: id }, label), control) };
}

function words(label, most, value, hint = "") {
  const id = newId();
  const control = h("input", { type: "text", id, value, maxlength: most, autocomplete: "off", "aria-describedby": hint ? `${id}-hint` : null });
  return { control, node: h("div", { class: "cslx-field" }, h("label", { for: id }, label), hint ? h("p", { id: `${id}-hint`, class: "cslx-hint" }, hint) : null, control) };
}

function tick(label, checked = false) {
  const control = h("input", { type: "checkbox", checked });
  return { control, node: h("label", { class: "cslx-tick" }, control, " ", h("span", {}, label)) };
}

// Gives the node, and what ends it.
export function ownMap(model) {
  const status = h("p", { role: "status", class: "cslx-status" });
  const note = h("p", { class: "cslx-note", hidden: true });
  const [about, form, pieces, result, question] = [h("div"), h("div"), h("div"), h("div"), h("div")];
  let map = fresh();
  // The place of the piece that is being changed; null while a new one is typed.
  let changing = null;

  const say = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };
  const announce = (text) => {
    status.textContent = text;
  };

  function keep() {
    model.set("portfolio", structuredClone(map));
    model.save_changes();
    try {
      localStorage.setItem(STORE, JSON.stringify(map));
    } catch {
      say("This browser forgets your map when you close the page. Download it as a document before you go.");
    }
  }

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(STORE));
    } catch {
      return null;
    }
  }

  // What this browser keeps may have been erased or brought back at the foot of the page, or changed in another tab.
  function again() {
    map = readMap(stored()) ?? fresh();
    model.set("portfolio", structuredClone(map));
    changing = null;
    showAll();
  }

  // ---- the change and one's own part

  function aboutPart() {
    const change = words("The change, in a few words", LONGEST.change, map.change, "No names of customers or colleagues here, or in any title.");
    const part = words("Your own part: what you decided, did and answered for", LONGEST.part, map.part);
    for (const [name, field] of [["change", change], ["part", part]]) {
      field.control.addEventListener("change", () => {
        map[name] = field.control.value;
        keep();
        resultPart();
      });
    }
    about.replaceChildren(change.node, part.node);
  }

  // ---- one piece

  function formPart(focus = false) {
    const now = changing === null ? null : map.pieces[changing];
    const title = words("Title of the piece", LONGEST.title, now?.title ?? "", "As it stands on its first page. Only the title: no file is asked for.");
    const kind = pick("Kind of evidence", Object.entries(KINDS).map(([key, text]) => [key, upper(text)]), now?.kind);
    const stage = pick("Stage of the change", Object.entries(STAGE_WORDS), now?.stage);
    const id = newId();
    const date = h("input", { type: "date", id, value: now?.date ?? "", min: "1990-01-01", max: "2099-12-31" });
    const points = POINTS.map((point) => tick(named(point), now?.points.includes(point)));
    const ticks = Object.entries(TICKS).map(([test, label]) => [test, tick(label, now?.[test])]);
    const error = h("p", { class: "cslx-error", role: "alert" });
    const refuse = (control, text) => {
      error.textContent = text;
      control.focus();
    };
    const save = (event) => {
      event.preventDefault();
      if (!title.control.value.trim()) return refuse(title.control, "Type the title of the piece.");
      if (!kind.control.value) return refuse(kind.control, "Choose what kind of evidence it is.");
      if (!stage.control.value) return refuse(stage.control, "Choose the stage that it shows.");
      if (date.validity.badInput || (date.value && !isDay(date.value))) return refuse(date, "Give the whole date, or leave it empty.");
      if (!points.some((one) => one.control.checked)) return refuse(points[0].control, "Tick at least one marking point.");
      const isNew = changing === null;
      if (isNew && map.pieces.length >= MOST_PIECES) return refuse(title.control, `The map holds ${MOST_PIECES} pieces. Remove one that adds nothing.`);
      const made = {
        title: title.control.value.trim(), kind: kind.control.value, stage: stage.control.value,
        points: POINTS.filter((_, n) => points[n].control.checked), date: date.value,
        ...Object.fromEntries(ticks.map(([test, one]) => [test, one.control.checked])),
      };
      if (isNew) map.pieces.push(made);
      else map.pieces[changing] = made;
      changing = null;
      keep();
      showAll();
      form.querySelector("input").focus();
      const found = evidenceMap(map.pieces);
      const failed = faults(made).map((test) => TESTS[test].replace("the learner’s", "your"));
      announce(`${isNew ? "Added" : "Changed"}. ${failed.length ? `It does not count yet: ${failed.join("; ")}. ` : ""}${found.filled} of ${CELLS} cells are filled.`);
      return null;
    };
    form.replaceChildren(h("form", { novalidate: true, onsubmit: save },
      h("h4", {}, now ? `Change piece ${changing + 1}` : "Add a piece"),
      title.node,
      h("div", { class: "cslx-pairs" }, kind.node, stage.node),
      h("div", { class: "cslx-field" }, h("label", { for: id }, "Its date"), date),
      h("fieldset", { class: "cslx-choice" }, h("legend", {}, "Which marking points does it show?"), h("div", { class: "cslx-pairs" }, points.map((one) => one.node))),
      h("fieldset", { class: "cslx-choice" }, h("legend", {}, "Tick what is so. It counts when all three are, and it has a date."), ticks.map(([, one]) => h("div", {}, one.node))),
      error,
      h("button", { type: "submit", class: "cslx-go" }, now ? "Save the change" : "Add it"),
      now ? button("Leave it as it was", () => {
        changing = null;
        formPart(true);
      }) : null));
    if (focus) title.control.focus();
  }

  function piecesPart() {
    if (!map.pieces.length) {
      pieces.replaceChildren(h("p", {}, "There is no piece yet. Begin with one that you have in a drawer: minutes, a chart, an email."));
      return;
    }
    pieces.replaceChildren(
      h("h4", {}, map.pieces.length === 1 ? "One piece so far" : `${map.pieces.length} pieces so far`),
      h("ol", { class: "cslx-cards" }, map.pieces.map((piece, n) => {
        const failed = faults(piece);
        const unseen = () => h("span", { class: "cslx-unseen" }, ` piece ${n + 1}`);
        const change = button("Change", () => {
          changing = n;
          formPart(true);
        });
        const remove = button("Remove", () => {
          map.pieces.splice(n, 1);
          changing = null;
          keep();
          showAll();
          (pieces.querySelector("button") ?? form.querySelector("input")).focus();
          announce(`“${piece.title}” is removed.`);
        });
        change.append(unseen());
        remove.append(unseen());
        return h("li", {},
          h("p", {}, h("strong", {}, `${n + 1} ${piece.title}. `), `${upper(KINDS[piece.kind])}, stage: ${STAGES[piece.stage].toLowerCase()}, ${piece.date ? day(piece.date) : "no date"}, for ${list(piece.points)}.`),
          h("p", {}, failed.length ? `✗ It does not count yet: ${failed.map((test) => TESTS[test].replace("the learner’s", "your")).join("; ")}.` : "✓ It counts."),
          change, remove);
      })));
  }

  // ---- what comes of it

  function learnt() {
    const good = Object.entries(data.explorers).filter(([slug]) => {
      try {
        return JSON.parse(localStorage.getItem(`cslearn:explorer:${slug}`))?.learned === true;
      } catch {
        return false;
      }
    });
    return h("details", {}, h("summary", {}, `Explorers that you have learnt on this device: ${good.length} of ${Object.keys(data.explorers).length}`),
      good.length ? h("ul", {}, good.map(([, name]) => h("li", {}, `✓ ${name}`))) : h("p", {}, "None yet."),
      h("p", {}, "They show what you have practised. They are no evidence for an award."));
  }

  function resultPart() {
    const found = evidenceMap(map.pieces);
    const isOpen = [...result.querySelectorAll("details")].map((one) => one.open);
    const next = found.empty.find(([, stage]) => found.empty_stages.includes(stage)) ?? found.empty.find(([point]) => found.without.includes(point)) ?? found.empty[0];
    const cell = (numbers) => (numbers.length ? numbers.map((n) => n + 1).join(", ") : h("span", {}, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "cslx-unseen" }, "nothing")));
    const verdict = next
      ? `${found.filled} of ${CELLS} cells are filled. Look next for ${named(next[0])}, stage “${STAGES[next[1]].toLowerCase()}”: ${lower(data.cells[next[0]][next[1]].counts)}.`
      : `✓ No empty cell: all ${CELLS} are filled. Now write the story in your own words.`;
    const gaps = found.empty_stages.length
      ? `Nothing counts at the ${found.empty_stages.length > 1 ? "stages" : "stage"} ${list(found.empty_stages.map((stage) => `“${STAGES[stage].toLowerCase()}”`))}.`
      : found.missing_links.length
        ? `The story breaks off ${list(found.missing_links.map(([one, two]) => `between “${STAGES[one].toLowerCase()}” and “${STAGES[two].toLowerCase()}”`))}: no point is backed in both.`
        : "✓ The story runs from the need to the success: each stage is joined to the next.";
    const missing = h("details", { open: isOpen[0] ?? false },
      h("summary", {}, `What is missing (${found.empty.length} of ${CELLS}), and what would fill it`),
      found.empty.length ? h("ul", {}, POINTS.map((point) => [point, found.empty.filter(([other]) => other === point)]).filter(([, stages]) => stages.length).map(([point, stages]) =>
        h("li", {}, h("strong", {}, named(point)), h("ul", {}, stages.map(([, stage]) => h("li", {}, `${STAGES[stage]}: ${lower(data.cells[point][stage].counts)}.`)))))) : h("p", {}, "Nothing."));
    const draft = h("details", { open: isOpen[1] ?? false }, h("summary", {}, "A draft of your story"),
      h("p", {}, "It is put together from your titles. What it asks for, only you can write."),
      narrative(map.change, map.part, map.pieces, data.points).flatMap(({ heading, lines, asks }) => [
        h("h4", {}, heading), ...lines.map((line) => h("p", {}, line)), ...asks.map((ask) => h("p", { class: "cslx-say" }, ask))]));
    const practised = learnt();
    practised.open = isOpen[2] ?? false;
    result.replaceChildren(
      table("Your map: numbers of the pieces that count", ["Marking point", ...Object.values(STAGES)], POINTS.map((point) => [named(point), ...ORDER.map((stage) => cell(found.cells[point][stage]))])),
      h("p", { class: "cslx-say" }, verdict), h("p", {}, gaps), missing, draft, practised);
  }

  // ---- files

  // A question in the page, as some notebooks show no dialogue.
  function ask(text, label, act) {
    const end = (words) => {
      question.replaceChildren();
      announce(words);
      save.focus();
    };
    const yes = button(label, () => {
      act();
      end("Done.");
    }, true);
    question.replaceChildren(h("div", { role: "group", "aria-label": text }, h("p", {}, text), yes, button("No, keep my map", () => end("Your map is as it was."))));
    yes.focus();
  }

  const save = button("Download as a document", async () => {
    let documentOf = null;
    try {
      ({ documentOf } = await loadDocument());
    } catch (error) {
      console.warn(error);
      say("The document could not be made, because a part of this page did not come. Look whether you are online, then press the button again. Your map is kept.");
      return;
    }
    say("");
    const away = h("a", { href: URL.createObjectURL(new Blob([documentOf(map)], { type: "text/html" })), download: "my-evidence-map.html" });
    away.click();
    URL.revokeObjectURL(away.href);
    announce("The document is downloaded. It opens in any browser, prints well, and can be opened here again.");
  }, true);

  const file = h("input", { type: "file", accept: ".html,text/html", onchange: async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    const found = chosen.size <= MOST_BYTES ? readDocument(await chosen.text()) : null;
    file.value = "";
    if (!found) {
      say(`“${chosen.name}” is not a document that was downloaded here. Choose the file my-evidence-map.html.`);
      return;
    }
    say("");
    const take = () => {
      map = found;
      changing = null;
      keep();
      showAll();
    };
    if (map.pieces.length) ask(`The document has ${found.pieces.length} pieces. Put them in place of the ${map.pieces.length} that are here?`, "Yes, replace my map", take);
    else {
      take();
      announce(`Opened: ${found.pieces.length} pieces.`);
    }
  } });

  const erase = button("Erase this map", () => ask("Erase your map from this device? A document that you downloaded stays.", "Yes, erase it", () => {
    try {
      localStorage.removeItem(STORE);
    } catch {
      // Storage is off, so nothing is kept.
    }
    map = fresh();
    changing = null;
    model.set("portfolio", structuredClone(map));
    model.save_changes();
    showAll();
  }));

  function showAll() {
    aboutPart();
    formPart();
    piecesPart();
    resultPart();
  }

  const onerase = () => again();
  const onstorage = (event) => {
    if (event.key === STORE) again();
  };
  const kept = readMap(model.get("portfolio"));
  const own = readMap(stored());
  map = own ?? kept ?? fresh();
  if (own && !kept) model.set("portfolio", structuredClone(own));
  showAll();
  document.addEventListener("cslearn:data-changed", onerase);
  addEventListener("storage", onstorage);
  return {
    node: h("div", { class: "cslx" }, h("section", { class: "cslx-panel" },
      h("h3", {}, "Your own evidence map"),
      h("p", {}, "Now your own portfolio. Type the title of each piece, and nothing else about it: no file leaves your device, and no file is asked for. The map says what is missing and drafts your story. It is kept in this browser until you erase it."),
      note, about, form, pieces, result,
      h("h4", {}, "Keep it, print it, hand it in"),
      h("p", {}, "The document has your draft, your map, your list of evidence and a place to sign."),
      save, erase, h("p", {}, h("label", {}, "Open a document that you downloaded here: ", file)), question, status)),
    close() {
      document.removeEventListener("cslearn:data-changed", onerase);
      removeEventListener("storage", onstorage);
    },
  };
}

const lower = (text) => text[0].toLowerCase() + text.slice(1);
const upper = (text) => text[0].toUpperCase() + text.slice(1);
