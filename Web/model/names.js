/**
 * Names in expressions and templates that lead nowhere, found while they are written; the server's check knows more and
 * has the last word.
 *
 * @typedef {import("./variables.js").Variable} Variable
 * @typedef {import("../parts/editor/positions.js").Diagnostic} Diagnostic
 */

/** How many letters have to change to make one word of another. @param {string} a @param {string} b */
export function distance(a, b) {
  let row = Array.from({length: b.length + 1}, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The nearest of `words`, if it is near. @param {string} word @param {string[]} words */
export function nearest(word, words) {
  const [best] = words.map((each) => ({each, far: distance(word.toLowerCase(), each.toLowerCase())})).sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(Math.max(word.length, best.each.length) / 3)) ? best.each : null;
}

/** Where CEL stands in a text. @param {string} text @param {string} language @returns {{from: number, text: string}[]} */
export function expressionsIn(text, language) {
  if (language === "cel") return [{from: 0, text}];
  const bare = text.replace(/\{%-?\s*raw\s*-?%\}[^]*?\{%-?\s*endraw\s*-?%\}|\{#[^]*?#\}/g, (all) => " ".repeat(all.length));
  return [...bare.matchAll(/\{\{([^]*?)\}\}|\{%([^]*?)%\}/g)].map((match) => ({
    from: (match.index ?? 0) + 2, text: match[1] ?? match[2] ?? "",
  }));
}

/** Texts blanked out, keys in brackets left. @param {string} text */
const withoutTexts = (text) =>
  text.replace(/(\[\s*)?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/g, (all, bracket) => (bracket ? all : " ".repeat(all.length)));

/**
 * The references of a text: root and members, each with its place.
 * @param {string} text @param {string} language
 */
export function referencesIn(text, language) {
  return expressionsIn(text, language).flatMap(({from, text: code}) => {
    const found = [...withoutTexts(code).matchAll(/(?<![\w.$])(inputs|steps|vars|secrets|run|pipeline)((?:\s*\.\s*[A-Za-z_]\w*|\["[^"]*"\]|\['[^']*'\])*)(?!\s*\()/g)];
    return found.map((match) => {
      const start = from + (match.index ?? 0);
      const members = [...(match[2] ?? "").matchAll(/\.\s*([A-Za-z_]\w*)|\[["']([^"']*)["']\]/g)].map((member) => {
        const name = member[1] ?? member[2] ?? "";
        return {name, from: start + (match[1] ?? "").length + (member.index ?? 0) + member[0].indexOf(name, 1)};
      });
      return {root: match[1] ?? "", from: start, to: start + match[0].length, path: match[0].replace(/\s+/g, ""), members};
    });
  });
}

/** @param {Variable} parent @param {string} name */
const memberOf = (parent, name) =>
  parent.members.find((each) => each.path === `${parent.path}.${name}` || each.path === `${parent.path}[${JSON.stringify(name)}]`);

/** @param {Variable} variable @param {Variable} parent */
const nameOf = (variable, parent) => {
  const rest = variable.path.slice(parent.path.length);
  return rest.startsWith(".") ? rest.slice(1) : JSON.parse(rest.slice(1, -1));
};

/**
 * @param {Variable[]} roots @param {string} text @param {string} language
 * @returns {(Diagnostic & {from: number, to: number})[]}
 */
export function unknownNames(roots, text, language) {
  return referencesIn(text, language).flatMap(({root, members}) => {
    let parent = roots.find((each) => each.path === root);
    for (const {name, from} of members) {
      if (!parent?.closed) return [];
      const next = memberOf(parent, name);
      if (next) {
        parent = next;
        continue;
      }
      const near = nearest(name, parent.members.map((each) => nameOf(each, /** @type {Variable} */ (parent))));
      const place = [...text.slice(text.lastIndexOf("\n", from - 1) + 1, from)].length + 1;
      return [{
        from, to: from + name.length, severity: /** @type {const} */ ("error"), name,
        line: text.slice(0, from).split("\n").length, column: place, length: name.length,
        message: `\`${parent.path}.${name}\` is not defined`,
        fixes: near ? [{label: `Change to ${near}`, replace: near}] : [],
      }];
    }
    return [];
  });
}
