// Elements in one call: make("p", { class: "help", id }, "text", child). Text is never read as HTML.

export const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
};

const FIGURE = /^([-+\u2212]?[£$€]?[-+\u2212]?[\d.,]+\s?(%|pp)?|\d+ of \d+|nan|[-\u2013\u2014]|)$/i;

export const written = (value) => {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return value.toLocaleString("en-GB", { maximumFractionDigits: 12 });
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
};

const LONG = 30;

// An accessible table in a frame that scrolls; its first column names the row.
export const table = (title, columns, rows) => {
  const texts = rows.map((row) => row.map(written));
  const kinds = columns.map((_, n) => {
    if (n > 0 && texts.every((row) => FIGURE.test(row[n]))) return "figure";
    return texts.some((row) => row[n].length > LONG) ? "long" : null;
  });
  const head = columns.map(({ name }, n) => make("th", { scope: "col", class: kinds[n] }, name));
  const body = texts.map((row) =>
    make("tr", {}, ...row.map((text, n) =>
      n === 0 ? make("th", { scope: "row", class: kinds[0] }, text) : make("td", { class: kinds[n] }, text))),
  );
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": title },
    make("table", { class: "dataframe" }, make("caption", {}, title),
      make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
};

const drawn = (tag, attributes, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// A line of weeks, as exercises/shown/weeks_picture.py draws it for the practice case.
export const weeks = ({ width, height, says, levels, lines, points, scale, words }) => {
  const ruled = (places, kind) => places.map(([x1, y1, x2, y2]) => drawn("line", { class: kind, x1, y1, x2, y2 }));
  const written = (places, kind) => places.map(([x, y, text]) => drawn("text", { class: kind, x, y }, text));
  return drawn("svg", { class: "weeks", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says },
    ...ruled(levels, "level"), ...ruled(lines, "part"),
    drawn("polyline", { points: points.map(([x, y]) => `${x},${y}`).join(" ") }),
    ...points.map(([cx, cy]) => drawn("circle", { cx, cy, r: 2.4 })),
    ...written(scale, "scale"), ...written(words, "word"));
};
