// What a code cell showed, as elements: text, tables, pictures, and errors with a sentence first.
// HTML that Python made is rebuilt from its table's text alone, so nothing in it can act.

import { make, table } from "./make.js";

const fromMarkup = (markup) => {
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  const found = parsed.querySelector("table");
  if (!found) return make("pre", { tabindex: "0" }, parsed.body.textContent.trim());
  const texts = [...found.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim()));
  const heads = found.querySelectorAll("thead tr").length ? texts.shift() : (texts[0] ?? []).map((_, n) => `${n + 1}`);
  return table(found.caption?.textContent.trim() || "Table", heads.map((name) => ({ name: name || "row" })), texts);
};

const frame = ({ caption, columns, index, rows, total_rows: total }) => {
  const heads = index ? [{ name: "row" }, ...columns] : columns;
  const lines = index ? rows.map((row, n) => [index[n], ...row]) : rows;
  const title = caption ?? `Table of ${columns.slice(0, 4).map(({ name }) => name).join(", ")}`;
  return table(total > rows.length ? `${title}: the first ${rows.length} of ${total} rows` : title, heads, lines);
};

const one = (output) => {
  if (output.type === "text") return make("pre", { tabindex: "0" }, output.text);
  if (output.type === "table") return frame(output);
  if (output.type === "html-table") return fromMarkup(output.html ?? output.text ?? "");
  if (output.type === "image") {
    // As an image even a drawing (SVG) runs no script.
    const kind = /^image\/(?:png|jpeg|gif|webp|svg\+xml)$/.test(output.mime ?? "") ? output.mime : "image/png";
    return make("img", { alt: output.alt || "Chart; the cell gave no description of it", src: output.src ?? `data:${kind};base64,${output.data}` });
  }
  return make("div", { class: "result poor" },
    make("p", { class: "headline" }, output.sentence ?? "This cell did not run to its end."),
    output.detail ? make("details", {}, make("summary", {}, "What Python says"), make("pre", { tabindex: "0" }, output.detail)) : null);
};

export const showOutputs = (outputs) => (outputs.length ? outputs.map(one) : [make("p", { class: "help" }, "The cell ran, and shows nothing.")]);
