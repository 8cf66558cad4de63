/**
 * A small line lexer. A grammar names states; a state is a list of rules; a rule is a pattern, the kind of what it
 * matches, and where to go then: `+name` enters a state, `-` leaves the present one. Whatever no rule matches has the
 * kind of its state. The stack of states carries from line to line, so that a line is read again only if it, or the
 * stack before it, changed.
 *
 * @typedef {{from: number, to: number, kind: string}} Token
 * @typedef {[pattern: RegExp, kind: string, go?: string]} Rule
 * @typedef {{[state: string]: {kind: string, rules: Rule[], endsWithLine?: boolean}}} States
 * A block is text that lasts while lines are indented further than the one that begins it, as in YAML: `block` tells from a
 * line how far in such a line stands, null for one that begins none. Its state is `block:` with that number.
 *
 * @typedef {{start: string, states: States, block?: (line: string) => number | null}} Grammar
 */

/** @type {WeakMap<Rule[], RegExp>} */
const compiled = new WeakMap();

/** One pattern of all rules, a group for each; the leftmost match wins, then the earlier rule. @param {Rule[]} rules */
function patternOf(rules) {
  const known = compiled.get(rules);
  if (known) return known;
  const made = new RegExp(rules.map(([pattern]) => `(${pattern.source})`).join("|"), "gm");
  compiled.set(rules, made);
  return made;
}

/**
 * The tokens of one line, and the stack of states after it.
 * @param {Grammar} grammar @param {string} line @param {string} before the stack, names parted by a blank
 * @returns {{tokens: Token[], after: string}}
 */
export function lexLine(grammar, line, before) {
  const stack = before.split(" ");
  leaveBlocks(stack, line);
  /** @type {Token[]} */
  const tokens = [];
  const put = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ kind) => {
    const last = tokens[tokens.length - 1];
    if (from === to || kind === "") return;
    if (last && last.kind === kind && last.to === from) last.to = to;
    else tokens.push({from, to, kind});
  };
  let at = 0;
  while (at <= line.length) {
    const state = grammar.states[stack[stack.length - 1]?.replace(/:.*/, "") ?? grammar.start] ?? grammar.states[grammar.start];
    if (!state) break;
    const pattern = patternOf(state.rules);
    pattern.lastIndex = at;
    const match = state.rules.length ? pattern.exec(line) : null;
    if (!match) {
      put(at, line.length, state.kind);
      break;
    }
    const rule = state.rules[match.slice(1).findIndex((group) => group !== undefined)];
    put(at, match.index, state.kind);
    put(match.index, match.index + match[0].length, rule?.[1] ?? "");
    at = match.index + match[0].length;
    const go = rule?.[2];
    if (go === "-") stack.pop();
    else if (go) stack.push(go.slice(1));
    else if (match[0] === "") at += 1;
  }
  while (stack.length > 1 && grammar.states[stack[stack.length - 1] ?? ""]?.endsWithLine) stack.pop();
  const depth = stack.length === 1 ? grammar.block?.(line) ?? null : null;
  if (depth !== null) stack.push(`block:${depth}`);
  return {tokens, after: stack.join(" ")};
}

/** @param {string[]} stack @param {string} line */
function leaveBlocks(stack, line) {
  const place = stack.findIndex((name) => name.startsWith("block:"));
  if (place < 0 || line.trim() === "") return;
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  if (indent <= Number(stack[place]?.slice("block:".length))) stack.length = place;
}

/**
 * All lines of a text.
 * @param {Grammar} grammar @param {string} text @returns {Token[][]}
 */
export function lex(grammar, text) {
  let state = grammar.start;
  return text.split("\n").map((line) => {
    const {tokens, after} = lexLine(grammar, line, state);
    state = after;
    return tokens;
  });
}
