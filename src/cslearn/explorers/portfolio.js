// The map, the gaps and the story of cslearn.methods.portfolio, step by step in the same order, so that
// a page and a notebook say the same. A test compares them.

export class Problem extends Error {}

export const POINTS = ["CM1", "CM2", "CM3", "CM4", "CM5", "PR1", "PR2", "PR3", "PR4"];
export const STAGES = { need: "Need", plan: "Plan", do: "Do", evaluate: "Evaluate" };
export const KINDS = {
  minutes: "minutes",
  survey: "survey",
  report: "report or figures",
  plan: "plan, map or table",
  message: "message as it was sent",
  log: "log or diary",
  witness: "witness statement",
  reflection: "reflection",
  other: "other",
};
export const TESTS = {
  real: "it is not from real work",
  mine: "it does not show the learner’s own part",
  dated: "it has no date",
  safe: "people can be known by it, or nobody agreed to its use",
  fits: "it shows something else than the marking point asks for",
};
const HEADINGS = { need: "What was needed", plan: "What I planned", do: "What was done", evaluate: "What came of it" };
const WRITE = {
  need: "Say what this shows, for whom it was bad, and how you know.",
  plan: "Say what you decided, and what you decided against.",
  do: "Say what you yourself did, and what you changed on the way.",
  evaluate: "Say what it achieved, what it did not, and what you would do differently.",
};
const MONTHS = "January February March April May June July August September October November December".split(" ");
const ORDER = Object.keys(STAGES);

export function faults(piece) {
  const passed = { real: piece.real, mine: piece.mine, dated: piece.date !== "", safe: piece.safe, fits: piece.fits ?? true };
  return Object.keys(passed).filter((test) => !passed[test]);
}

const countingOf = (pieces) => pieces.map((_, n) => n).filter((n) => faults(pieces[n]).length === 0);

export function evidenceMap(pieces) {
  check(pieces);
  const counting = countingOf(pieces);
  const cells = Object.fromEntries(POINTS.map((point) => [point, Object.fromEntries(ORDER.map((stage) => [stage, []]))]));
  for (const n of counting) for (const point of POINTS) if (pieces[n].points.includes(point)) cells[point][pieces[n].stage].push(n);
  const empty = POINTS.flatMap((point) => ORDER.filter((stage) => !cells[point][stage].length).map((stage) => [point, stage]));
  const links = ORDER.slice(1).map((two, n) => [ORDER[n], two, POINTS.filter((point) => cells[point][ORDER[n]].length && cells[point][two].length)]);
  return {
    cells,
    filled: POINTS.length * ORDER.length - empty.length,
    empty,
    without: POINTS.filter((point) => ORDER.every((stage) => !cells[point][stage].length)),
    empty_stages: ORDER.filter((stage) => POINTS.every((point) => !cells[point][stage].length)),
    links,
    missing_links: links.filter(([, , points]) => !points.length).map(([one, two]) => [one, two]),
    counting,
  };
}

export function story(pieces) {
  check(pieces);
  const counting = countingOf(pieces);
  const older = (a, b) => (pieces[a].date < pieces[b].date ? -1 : pieces[a].date > pieces[b].date ? 1 : a - b);
  return Object.fromEntries(ORDER.map((stage) => [stage, counting.filter((n) => pieces[n].stage === stage).sort(older)]));
}

export function day(iso) {
  const [year, month, number] = iso.split("-");
  return `${Number(number)} ${MONTHS[month - 1]} ${year}`;
}

export function narrative(change, part, pieces, names) {
  const [found, order] = [evidenceMap(pieces), story(pieces)];
  [change, part] = [change.trim(), part.trim()];
  const sections = [{
    heading: "The change, and my part in it",
    lines: [...(change ? [`This portfolio is about ${sentence(change)}`] : []), ...(part ? [`My part: ${sentence(part)}`] : [])],
    asks: [...(change ? [] : ["Say in a few words which change this is about."]), ...(part ? [] : ["Say what you yourself decided, did and answered for."])],
  }];
  ORDER.forEach((stage, place) => {
    const lines = order[stage].map((n) => {
      const piece = pieces[n];
      return `“${piece.title.trim()}” (${KINDS[piece.kind]}, ${day(piece.date)}; for ${listed(POINTS.filter((point) => piece.points.includes(point)))}).`;
    });
    const asks = [lines.length ? WRITE[stage] : "Nothing counts here yet, so the story breaks off. Find a piece for it."];
    if (place < found.links.length) {
      const [, to, points] = found.links[place];
      if (points.length) lines.push(`From here to “${HEADINGS[to]}” the thread is ${listed(points)}.`);
      else if (lines.length && order[to].length) asks.push(`No marking point leads from here to “${HEADINGS[to]}”. Find a piece that joins them.`);
    }
    sections.push({ heading: HEADINGS[stage], lines, asks });
  });
  const missing = POINTS.map((point) => [point, found.empty.filter(([other]) => other === point).map(([, stage]) => STAGES[stage].toLowerCase())])
    .filter(([, stages]) => stages.length)
    .map(([point, stages]) => `${point} ${names[point]}: ${stages.length === ORDER.length ? "every stage" : listed(stages)}.`);
  sections.push({
    heading: "What is still missing",
    lines: missing.length ? missing : ["Nothing: every marking point is backed in every stage."],
    asks: pieces.filter((piece) => faults(piece).length)
      .map((piece) => `“${piece.title.trim()}” does not count yet: ${faults(piece).map((test) => TESTS[test]).join("; ")}.`),
  });
  return sections;
}

const sentence = (words) => (".!?".includes(words[words.length - 1]) ? words : `${words}.`);
const listed = (words) => (words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : words.join(""));

function check(pieces) {
  pieces.forEach((piece, place) => {
    const n = place + 1;
    if (!piece.title.trim()) throw new Problem(`Piece ${n} has no title. Type what stands on its first page.`);
    if (!Object.hasOwn(KINDS, piece.kind)) throw new Problem(`Piece ${n} is of a kind that does not exist: ${piece.kind}. Use ${listed(Object.keys(KINDS))}.`);
    if (!Object.hasOwn(STAGES, piece.stage)) throw new Problem(`Piece ${n} has a stage that does not exist: ${piece.stage}. Use ${listed(ORDER)}.`);
    if (!piece.points.length) throw new Problem(`Piece ${n} is filed under no marking point. Choose at least one.`);
    for (const point of piece.points) {
      if (!POINTS.includes(point)) throw new Problem(`Piece ${n} names a marking point that does not exist: ${point}. Use ${listed(POINTS)}.`);
    }
    if (piece.date && !isDay(piece.date)) throw new Problem(`Piece ${n} has a date that does not exist: ${piece.date}. Write it like 2026-03-09.`);
  });
}

export function isDay(iso) {
  if (!/^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(iso)) return false;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
}
