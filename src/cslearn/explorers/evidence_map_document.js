// The learner's own evidence map as a document: a page of its own, to print or to hand in. Fetched when somebody downloads it.
import { data } from "./evidence_map_data.js";
import { CELLS, ORDER, named } from "./evidence_map_pieces.js";
import { KINDS, POINTS, STAGES, TESTS, day, evidenceMap, faults, narrative } from "./portfolio.js";

const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

const LOOK = `body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #111; background: #fff; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
th, td { border: 1px solid #666; padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.write { margin: 0.5rem 0; padding: 0.5rem 0.75rem; border: 1px dashed #666; min-height: 4rem; }
.sign td { height: 3rem; }
@media (max-width: 40rem) { th, td { padding: 0.2rem; font-size: 0.85rem; } }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; } tr, .write { break-inside: avoid; } thead { display: table-header-group; } }`;

const rowOf = (cells) => `<tr><th scope="row">${cells[0]}</th>${cells.slice(1).map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
const tableOf = (caption, head, rows, name = "") =>
  `<table${name ? ` class="${name}"` : ""}>\n<caption>${caption}</caption>\n<thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead>\n<tbody>\n${rows.map(rowOf).join("\n")}\n</tbody>\n</table>`;

// A page of its own, with no script that runs and nothing from elsewhere; the map is in it as data.
export function documentOf(map) {
  const found = evidenceMap(map.pieces);
  const title = map.change.trim() ? `Portfolio: ${map.change.trim()}` : "Portfolio of evidence";
  const sections = narrative(map.change, map.part, map.pieces, data.points);
  const told = sections.map(({ heading, lines, asks }) => {
    const missing = heading === sections[sections.length - 1].heading;
    return [
      `<h2>${escape(heading)}</h2>`,
      ...lines.map((line) => `<p>${escape(line)}</p>`),
      ...asks.map((ask) => (missing ? `<p>${escape(ask)}</p>` : `<p class="write">${escape(ask)}</p>`)),
    ].join("\n");
  });
  const pieces = map.pieces.map((piece, n) => [
    String(n + 1), escape(piece.title), KINDS[piece.kind], piece.date ? day(piece.date) : "no date", STAGES[piece.stage],
    piece.points.join(", "), faults(piece).length ? escape(faults(piece).map((test) => TESTS[test]).join("; ")) : "counts", "",
  ]);
  const grid = POINTS.map((point) => [escape(named(point)), ...ORDER.map((stage) => found.cells[point][stage].map((n) => n + 1).join(", ") || "nothing")]);
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
${LOOK}
</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p>A draft. It holds titles only, as the learner typed them. The boxes are for the learner’s own words. The evidence itself is kept elsewhere.</p>
${told.join("\n")}
<h2>Evidence map</h2>
${tableOf(`Numbers of the pieces that count, by marking point and stage: ${found.filled} of ${CELLS} cells are filled`, ["Marking point", ...Object.values(STAGES)], grid)}
<h2>List of evidence</h2>
${pieces.length ? tableOf("All pieces, in the order in which they were entered", ["Number", "Title", "Kind", "Date", "Stage", "Marking points", "Does it count?", "Where it is kept"], pieces) : "<p>There is none yet.</p>"}
<h2>Whose work this is</h2>
<p>To be signed by hand. I confirm that this is my own work, that it shows what I did, and that nobody can be known by it who did not agree.</p>
${tableOf("Signatures", ["Who", "Name", "Signature", "Date"], [["Learner", "", "", ""], ["Witness, with job title", "", "", ""], ["Assessor", "", "", ""]], "sign")}
</main>
<script type="application/json" id="evidence-map">${JSON.stringify(map).replaceAll("<", "\\u003c")}</script>
</body>
</html>
`;
}
