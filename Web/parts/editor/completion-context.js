/**
 * Where the caret stands, for who completes: what is being written there, and what an accepted item takes the place of.
 *
 * @typedef {object} Context
 * @property {"value" | "tag" | "expression" | "text"} place in `{{ }}`, in `{% %}`, in bare CEL, or elsewhere
 * @property {string} path the names before the caret, parted by dots: `steps.plan.out`
 * @property {number} from where `path` begins in the text
 * @property {number} caret
 * @property {string} text
 * @property {boolean} closed whether the tag is closed behind the caret
 *
 * @typedef {object} Item
 * @property {string} label what is shown, and matched with what was written
 * @property {string} [type]
 * @property {string} [detail] for example the value of the last run
 * @property {string} [insert] what takes the place of `path`; the label where absent
 * @property {boolean} [more] whether there is something below it, so that the list stays open
 */

/** A path that ends at the caret: names, dots, and `["name"]`. */
const pathBefore = /(?:[A-Za-z_][\w]*|\["[^"\]]*"\]|\['[^'\]]*'\]|\[\d*\])(?:\.\??[\w]*|\["[^"\]]*"?\]?|\['[^'\]]*'?\]?|\[\d*\])*$|$/;

/** Whether `at` stands inside a text literal that begins in `from`. @param {string} text */
function insideQuotes(text) {
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quote) {
      if (letter === "\\") at += 1;
      else if (letter === quote) quote = "";
    } else if (letter === '"' || letter === "'") {
      // A quote after a bracket is a key such as steps["my-step"], and is completed.
      if (text.charAt(at - 1) === "[") continue;
      quote = letter;
    }
  }
  return quote !== "";
}

/**
 * @param {string} text @param {number} caret @param {string} language @returns {Context | null} null where nothing is
 * completed
 */
export function contextAt(text, caret, language) {
  if (language === "python" || language === "javascript" || language === "text") return null;
  const before = text.slice(0, caret);
  let opened = 0;
  /** @type {Context["place"]} */
  let place = "expression";
  let closed = false;
  if (language !== "cel") {
    const value = before.lastIndexOf("{{");
    const tag = before.lastIndexOf("{%");
    opened = Math.max(value, tag);
    const mark = opened === value ? "}}" : "%}";
    if (opened < 0 || before.indexOf(mark, opened) >= 0) return null;
    place = opened === value ? "value" : "tag";
    const rest = text.slice(caret);
    const end = rest.indexOf(mark);
    const next = rest.search(/\{\{|\{%|\n/);
    closed = end >= 0 && (next < 0 || end < next);
    opened += 2;
  }
  const inside = before.slice(opened);
  if (insideQuotes(inside)) return null;
  const match = pathBefore.exec(inside);
  const path = match?.[0] ?? "";
  return {place, path, from: caret - path.length, caret, text, closed};
}

/**
 * The items that fit what is written: those that begin with it, then those that hold it, in their order.
 * @param {Item[]} items @param {string} written @param {number} [limit]
 */
export function fitting(items, written, limit = 50) {
  const sought = written.toLowerCase();
  if (!sought) return items.slice(0, limit);
  const last = sought.slice(sought.lastIndexOf(".") + 1);
  /** @param {Item} item */
  const rank = (item) => {
    const label = item.label.toLowerCase();
    if (label.startsWith(sought)) return 0;
    if (label.includes(sought)) return 1;
    // What was written without its root: `files` finds `steps.split.output.files`.
    return last && !sought.includes(".") && label.split(".").some((part) => part.startsWith(last)) ? 2 : 3;
  };
  return items.map((item, index) => ({item, index, rank: rank(item)})).filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, limit).map((each) => each.item);
}
