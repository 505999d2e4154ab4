// Answers as Python source and back: what stands in a notebook's answer cell.
// `literal` writes exactly what cslearn.exercises.answers.literal writes; `readAnswer` reads
// what cslearn.marking.literals.read_answer reads, and nothing is ever run.

const ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
// What Python's str.isprintable refuses.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

const number = (value) => {
  if (Number.isInteger(value) || Math.abs(value) >= 1e-4) return String(value + 0);
  const [digits, exponent] = value.toExponential().split("e-");
  return `${digits}e-${exponent.padStart(2, "0")}`;
};

const string = (text) => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let written = "";
  for (const letter of text) {
    if (letter === quote) written += `\\${letter}`;
    else if (letter in ESCAPES) written += ESCAPES[letter];
    else if (letter === " " || !UNPRINTABLE.test(letter)) written += letter;
    else {
      const code = letter.codePointAt(0).toString(16);
      if (code.length <= 2) written += `\\x${code.padStart(2, "0")}`;
      else written += code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\U${code.padStart(8, "0")}`;
    }
  }
  return quote + written + quote;
};

// Python's repr() of plain data.
export const repr = (value) => {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return string(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, inner]) => `${string(key)}: ${repr(inner)}`)
    .join(", ")}}`;
};

// The answer as tidy Python source: short lists on one line, long ones a line each.
export const literal = (value, indent = 0, width = 96) => {
  const flat = repr(value);
  const holds = value !== null && typeof value === "object" && Object.keys(value).length > 0;
  if ([...flat].length + indent <= width || !holds) return flat;
  const pad = " ".repeat(indent);
  const inner = " ".repeat(indent + 4);
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, indent + 4, width)},\n`)
    : Object.entries(value).map(([key, item]) => `${inner}${string(key)}: ${literal(item, indent + 4, width)},\n`);
  return Array.isArray(value) ? `[\n${lines.join("")}${pad}]` : `{\n${lines.join("")}${pad}}`;
};

class NotPlain extends Error {}

const LONGEST = 100_000;
const DEEPEST = 12;
const NUMBER = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const SIMPLE = { n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", f: "\f", v: "\v", "\\": "\\", "'": "'", '"': '"' };

class Reader {
  constructor(source) {
    this.source = source.replace(/\r\n?/g, "\n");
    this.at = 0;
  }

  get here() {
    return this.source[this.at];
  }

  fail() {
    const line = this.source.slice(0, this.at).split("\n").length;
    throw new NotPlain(`line ${line} is not plain data`);
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found) this.at += found.length;
    return found;
  }

  // Blanks, comments, and inside brackets also line ends.
  skip(inside) {
    this.match(inside ? /(?:[ \t\n\f]|\\\n|#[^\n]*)+/y : /(?:[ \t\f]|\\\n|#[^\n]*)+/y);
  }

  value(depth) {
    if (depth === 0) this.fail();
    const open = this.here;
    if (open === "{") return this.dict(depth);
    if (open === "[") return this.items("]", depth).list;
    if (open === "(") {
      const { list, comma } = this.items(")", depth);
      if (list.length === 1 && !comma) return list[0];
      return list;
    }
    const sign = this.match(/[+-]/y);
    if (sign) this.skip(true);
    const found = this.match(NUMBER);
    if (found) {
      if (/^0\d/.test(found) && !/[.eE]/.test(found) && /[1-9]/.test(found)) this.fail();
      if (this.match(/[\p{L}_]/uy)) this.fail(); // 3j, 12abc
      const value = Number(found.replaceAll("_", ""));
      return sign === "-" ? 0 - value : value;
    }
    if (sign) this.fail();
    if (/['"]/.test(open ?? "") || /[rRuU]['"]/y.test(this.source.slice(this.at, this.at + 2))) return this.text();
    const word = this.match(NAME);
    if (word === "None") return null;
    if (word === "True") return true;
    if (word === "False") return false;
    return this.fail();
  }

  items(close, depth) {
    const list = [];
    let comma = false;
    this.at += 1;
    for (;;) {
      this.skip(true);
      if (this.here === close) break;
      if (list.length && !comma) this.fail();
      list.push(this.value(depth - 1));
      this.skip(true);
      comma = Boolean(this.match(/,/y));
    }
    this.at += 1;
    return { list, comma };
  }

  dict(depth) {
    const pairs = [];
    let comma = true;
    this.at += 1;
    for (;;) {
      this.skip(true);
      if (this.here === "}") break;
      if (!comma) this.fail();
      const key = this.value(depth - 1);
      // A key that is no text belongs to no task; the marker says so, and this page keeps the cell as it is.
      if (typeof key !== "string" || key === "__proto__") this.fail();
      this.skip(true);
      if (!this.match(/:/y)) this.fail(); // a set
      this.skip(true);
      pairs.push([key, this.value(depth - 1)]);
      this.skip(true);
      comma = Boolean(this.match(/,/y));
    }
    this.at += 1;
    return Object.fromEntries(pairs);
  }

  text() {
    let whole = "";
    for (;;) {
      const raw = /[rR]/.test(this.match(/[rRuU](?=['"])/y) ?? "");
      const quote = this.match(/'''|"""|'|"/y);
      for (;;) {
        if (this.at >= this.source.length) this.fail();
        if (this.source.startsWith(quote, this.at)) break;
        if (this.here === "\n" && quote.length === 1) this.fail();
        whole += this.here === "\\" ? this.escape(raw) : this.source[this.at++];
      }
      this.at += quote.length;
      const before = this.at;
      // Strings that stand side by side are one.
      this.skip(false);
      if (!/^[rRuU]?['"]/.test(this.source.slice(this.at, this.at + 2))) {
        this.at = before;
        return whole;
      }
    }
  }

  escape(raw) {
    const letter = this.source[this.at + 1];
    this.at += 2;
    if (raw) return `\\${letter}`;
    if (letter === "\n") return "";
    if (letter in SIMPLE) return SIMPLE[letter];
    const octal = /[0-7]/.test(letter) && (this.at--, this.match(/[0-7]{1,3}/y));
    if (octal) return String.fromCodePoint(Number.parseInt(octal, 8));
    const digits = { x: /[\da-fA-F]{2}/y, u: /[\da-fA-F]{4}/y, U: /[\da-fA-F]{8}/y }[letter];
    if (!digits) return letter === "N" ? this.fail() : `\\${letter}`;
    const code = Number.parseInt(this.match(digits) ?? "x", 16);
    if (!(code <= 0x10ffff)) this.fail();
    return String.fromCodePoint(code);
  }

  // The value that the cell gives to `name`; the last one counts, as it would when run.
  cell(name) {
    let found;
    for (;;) {
      this.match(/(?:[ \t\n\f;]|#[^\n]*)+/y);
      if (this.at >= this.source.length) return found;
      const start = this.at;
      const word = this.match(NAME);
      this.skip(false);
      if (word === name && this.match(/=(?!=)/y)) {
        this.skip(false);
        found = { value: this.value(DEEPEST) };
      } else if (word !== name && word !== "pass") {
        this.at = start;
        this.value(DEEPEST); // data that is put into no variable changes nothing
      }
      this.skip(false);
      if (this.at < this.source.length && !/[\n;]/.test(this.here)) this.fail();
    }
  }
}

// { value } when the cell gives plain data to `name`, otherwise { code: the reason }.
export const readAnswer = (source, name) => {
  if (source.length > LONGEST) return { code: `it is longer than ${LONGEST.toLocaleString("en-GB")} characters` };
  try {
    return new Reader(source).cell(name) ?? { code: `nothing in it says ${name} = …` };
  } catch (fault) {
    if (fault instanceof NotPlain) return { code: fault.message };
    throw fault;
  }
};
