/**
 * Where a text names steps: `steps.plan`, `steps["my-step"]`, `previous.plan`. A scan of the words of CEL, not a parse:
 * the server checks texts, this only has to find and replace names without touching text literals or comments.
 *
 * @typedef {"expression" | "template"} TextKind
 * @typedef {{id: string, start: number, end: number, optional: boolean}} Reference
 *   the id, and the part of the text after `steps` that selects it
 */

const SELECTION = /\s*(?:\.\s*(\??)\s*([A-Za-z_][A-Za-z0-9_]*)|\[\s*(\??)\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\])/y;
const TOKEN = /(?:[rRbB]{0,2})("""|'''|"|')|\/\/[^\n]*|[A-Za-z_][A-Za-z0-9_]*|[{}%]|\S/g;

/**
 * @param {string} text
 * @param {TextKind} kind
 * @returns {Reference[]} in the order of the text
 */
export function referencesIn(text, kind) {
  if (!text.includes("steps") && !text.includes("previous")) return [];
  if (kind === "expression") return scan(text, 0, null).found;
  return inTemplate(text);
}

/**
 * The text with steps named otherwise; `rename` answers null for a name that stays.
 * @param {string} text
 * @param {TextKind} kind
 * @param {(id: string) => string | null} rename
 */
export function renameReferences(text, kind, rename) {
  let result = "";
  let done = 0;
  for (const reference of referencesIn(text, kind)) {
    const name = rename(reference.id);
    if (name === null || name === reference.id) continue;
    result += text.slice(done, reference.start) + selection(name, reference, text);
    done = reference.end;
  }
  return done === 0 ? text : result + text.slice(done);
}

/** @param {string} name @param {Reference} reference @param {string} text */
function selection(name, reference, text) {
  const written = text.slice(reference.start, reference.end);
  const place = written.lastIndexOf(reference.id);
  const isBracket = written.trimStart().startsWith("[");
  if (isBracket || !name.includes("-")) return written.slice(0, place) + name + written.slice(place + reference.id.length);
  return `[${reference.optional ? "?" : ""}"${name}"]`;
}

/** @param {string} text */
function inTemplate(text) {
  /** @type {Reference[]} */
  const found = [];
  const opening = /\{\{|\{%|\{#/g;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    if (match[0] === "{#") {
      const end = text.indexOf("#}", match.index);
      if (end < 0) break;
      opening.lastIndex = end + 2;
      continue;
    }
    const raw = /\{%-?\s*raw\s*-?%\}/y;
    raw.lastIndex = match.index;
    if (raw.test(text)) {
      const end = /\{%-?\s*endraw\s*-?%\}/g;
      end.lastIndex = raw.lastIndex;
      if (!end.test(text)) break;
      opening.lastIndex = end.lastIndex;
      continue;
    }
    const inner = scan(text, match.index + 2, match[0] === "{{" ? "}}" : "%}");
    found.push(...inner.found);
    opening.lastIndex = inner.end;
  }
  return found;
}

/**
 * Reads CEL from `start` to the end of the text, or to `closing` outside braces and literals.
 * @param {string} text
 * @param {number} start
 * @param {string | null} closing
 */
function scan(text, start, closing) {
  /** @type {Reference[]} */
  const found = [];
  let depth = 0;
  let before = "";
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [token, quote] = match;
    if (closing !== null && depth === 0 && text.startsWith(closing, match.index)) return {found, end: match.index + 2};
    if (quote !== undefined) {
      TOKEN.lastIndex = endOfLiteral(text, match.index + token.length, quote, /^[bB]?[rR]/.test(token));
    } else if (token === "{") {
      depth += 1;
    } else if (token === "}") {
      depth -= 1;
    } else if ((token === "steps" || token === "previous") && before !== ".") {
      SELECTION.lastIndex = TOKEN.lastIndex;
      const selected = SELECTION.exec(text);
      if (selected) {
        const id = selected[2] ?? selected[4] ?? selected[5] ?? "";
        const optional = (selected[1] ?? selected[3]) === "?";
        found.push({id, start: TOKEN.lastIndex, end: SELECTION.lastIndex, optional});
        TOKEN.lastIndex = SELECTION.lastIndex;
      }
    }
    before = token;
  }
  return {found, end: text.length};
}

/** @param {string} text @param {number} start @param {string} quote @param {boolean} isRaw */
function endOfLiteral(text, start, quote, isRaw) {
  for (let place = start; place < text.length; place += 1) {
    if (!isRaw && text[place] === "\\") place += 1;
    else if (text.startsWith(quote, place)) return place + quote.length;
  }
  return text.length;
}
