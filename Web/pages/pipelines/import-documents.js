// Documents out of the files and texts that somebody wants to import, and the server's findings back to their lines.

/** @typedef {import("../../../Client/client.d.ts").ProblemEntry} ProblemEntry */
/** @typedef {{source: string, text: string, line: number}} Found where it was found; `line` lines stand before it */

/**
 * The documents of one text. YAML may hold several between lines of `---`; JSON may be one, or a list of them.
 * @param {string} source what the text is called
 * @param {string} text
 * @returns {Found[]}
 */
export function documentsOf(source, text) {
  const list = jsonList(text);
  if (list) return list.map((item, index) => ({source: `${source}, ${index + 1}`, line: 0, text: item}));
  /** @type {Found[]} */
  const found = [];
  let from = 0;
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const take = (/** @type {number} */ to) => {
    const piece = lines.slice(from, to).join("\n");
    if (piece.split("\n").some((line) => line.trim() !== "" && !line.trimStart().startsWith("#"))) found.push({source, line: from, text: piece});
    from = to + 1;
  };
  lines.forEach((line, index) => { if (/^---(\s*$|\s+#)/.test(line)) take(index); });
  take(lines.length);
  return found;
}

/**
 * The texts of a JSON list: of documents, or as the export of this server gives it.
 * @param {string} text
 * @returns {string[] | null} null where it is no list
 */
function jsonList(text) {
  if (!/^\s*[[{]/.test(text)) return null;
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null; // What is wrong with it, and where, the server says better.
  }
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.items) && !("steps" in value) ? value.items : null;
  return list && list.map((item) => isObject(item) && typeof item.text === "string" ? item.text : JSON.stringify(item, null, 2));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/**
 * Findings by document; in each path and line are those of what was given.
 * @param {ProblemEntry[]} errors
 * @param {Found[]} documents
 * @returns {{document: Found | null, errors: ProblemEntry[]}[]} null: what belongs to no document
 */
export function byDocument(errors, documents) {
  /** @type {Map<Found | null, ProblemEntry[]>} */
  const groups = new Map();
  for (const error of errors) {
    const [, number, path] = /^documents\[(\d+)\]\.?(.*)$/.exec(error.path) ?? [];
    const document = number === undefined ? null : documents[Number(number)] ?? null;
    const moved = document && error.line !== undefined ? {line: error.line + document.line} : {};
    groups.set(document, [...(groups.get(document) ?? []), {...error, ...moved, path: path ?? error.path}]);
  }
  return [...groups].map(([document, entries]) => ({document, errors: entries}));
}
