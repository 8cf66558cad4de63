// What was typed into the search, and how results stand together. Nothing here needs a browser.

/** @typedef {{id: string, title: string, label: string, icon: import("../parts/icon.js").IconName, keys?: string, href?: string, run?: () => void, note?: unknown}} Found */

/**
 * `>save` asks for commands alone, `#review` for a tag, `#42` and `42` for runs of that number too.
 * @param {string} typed
 * @returns {{kind: "all" | "commands" | "tag", text: string, number: number | null}}
 */
export function readQuery(typed) {
  const text = typed.trim();
  const number = /^#?(\d{1,9})$/.exec(text);
  if (number) return {kind: "all", text: number[1], number: Number(number[1])};
  if (text.startsWith(">")) return {kind: "commands", text: text.slice(1).trim(), number: null};
  if (text.startsWith("#")) return {kind: "tag", text: text.slice(1).trim(), number: null};
  return {kind: "all", text, number: null};
}

/** Whether every word that was typed begins a word of the label or stands in it. @param {string} label @param {string} text */
export const matches = (label, text) => text.toLowerCase().split(/\s+/).every((word) => label.toLowerCase().includes(word));

/** What a page offers stands before what the shell offers under the same name. @template {{label: string}} T @param {T[]} items */
export const oncePerLabel = (items) => items.filter((item, index) => items.findIndex((other) => other.label === item.label) === index);

/** Items under their titles, in the order in which the titles first come. @template {{title: string}} T @param {T[]} items */
export function groupByTitle(items) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) groups.set(item.title, [...groups.get(item.title) ?? [], item]);
  let index = 0;
  return [...groups].map(([title, some]) => ({title, items: some.map((item) => ({item, index: index++}))}));
}
