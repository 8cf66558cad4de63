// Values and texts that are tables.

/** @typedef {{columns: string[], rows: unknown[][], more: number}} Table `more` rows were left out */

const MOST_ROWS = 1000;
const MOST_COLUMNS = 50;

/** A list of objects, or of lists, as a table; null where it is none. @param {unknown} value @returns {Table|null} */
export function tableOf(value) {
  if (!Array.isArray(value) || value.length === 0) return null;
  const isPlain = (/** @type {unknown} */ item) => item !== null && typeof item === "object" && !Array.isArray(item);
  const shown = value.slice(0, MOST_ROWS);
  if (!shown.every(isPlain)) return null;
  /** @type {Set<string>} */
  const columns = new Set();
  for (const row of shown) for (const name of Object.keys(row)) columns.add(name);
  if (columns.size === 0 || columns.size > MOST_COLUMNS) return null;
  // Rows that have little in common are no table.
  const filled = shown.reduce((sum, row) => sum + Object.keys(row).length, 0);
  if (filled < columns.size * shown.length * 0.5) return null;
  const names = [...columns];
  return {columns: names, rows: shown.map((row) => names.map((name) => row[name])), more: value.length - shown.length};
}

/** CSV (RFC 4180) or TSV, the first row as heads. @param {string} text @param {string} [comma] @returns {Table|null} */
export function tableOfText(text, comma = ",") {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== "\"") cell += c;
      else if (text[i + 1] === "\"") { cell += "\""; i += 1; } else quoted = false;
    } else if (c === "\"" && cell === "") quoted = true;
    else if (c === comma) { row.push(cell); cell = ""; }
    else if (c === "\n" || c === "\r") {
      if (c === "\r" && text[i + 1] === "\n") i += 1;
      row.push(cell); cell = "";
      count += 1;
      if (rows.length <= MOST_ROWS) rows.push(row);
      row = [];
    } else cell += c;
  }
  if (cell !== "" || row.length) { row.push(cell); count += 1; if (rows.length <= MOST_ROWS) rows.push(row); }
  const [head, ...body] = rows.filter((one) => one.length > 1 || one[0] !== "");
  if (!head || head.length > MOST_COLUMNS) return null;
  return {columns: head, rows: body.slice(0, MOST_ROWS), more: Math.max(0, count - 1 - MOST_ROWS)};
}
