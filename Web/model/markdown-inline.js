// What stands inside a paragraph of Markdown.

/** @typedef {{type: "text", text: string} | {type: "code", text: string} | {type: "break"}
 *   | {type: "strong"|"em"|"del", inline: Inline[]}
 *   | {type: "link", href: string, inline: Inline[], image: boolean}} Inline */

const DEPTH = 6;
/** Longer paragraphs are no prose; they stay text. */
const LONGEST = 50_000;
/** How many possible ends of an emphasis are looked at. */
const ENDS = 40;
const SPECIAL = /[\\`*_~[!<\n]|https?:\/\//g;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const BARE = /https?:\/\/[^\s<>"'`\])}]+/y;

/** @param {string} text @param {number} [depth] @returns {Inline[]} */
export function inlineOf(text, depth = 0) {
  if (depth > DEPTH || text.length > LONGEST) return text ? [{type: "text", text}] : [];
  /** @type {Inline[]} */
  const found = [];
  let plain = "";
  let at = 0;
  const flush = () => { if (plain) found.push({type: "text", text: plain}); plain = ""; };
  while (at < text.length) {
    SPECIAL.lastIndex = at;
    const special = SPECIAL.exec(text);
    if (!special) { plain += text.slice(at); break; }
    plain += text.slice(at, special.index);
    at = special.index;
    const mark = taken(text, at, depth);
    if (!mark) { plain += text[at]; at += 1; continue; }
    if (mark.node.type === "text") plain += mark.node.text;
    else {
      if (mark.node.type === "break") plain = plain.replace(/ +$/, "");
      flush();
      found.push(mark.node);
    }
    at = mark.next;
  }
  flush();
  return found;
}

/** @param {string} text @param {number} at @param {number} depth @returns {{node: Inline, next: number}|null} */
function taken(text, at, depth) {
  switch (text[at]) {
    case "\\": {
      if (text[at + 1] === "\n") return {node: {type: "break"}, next: at + 2};
      return PUNCTUATION.test(text[at + 1] ?? "") ? {node: {type: "text", text: text[at + 1]}, next: at + 2} : null;
    }
    case "\n": return text.slice(Math.max(0, at - 2), at) === "  " ? {node: {type: "break"}, next: at + 1} : null;
    case "`": return codeSpan(text, at);
    case "*": case "_": return emphasis(text, at, depth);
    case "~": return text.startsWith("~~", at) ? wrapped(text, at, "~~", "del", depth) : null;
    case "!": return text[at + 1] === "[" ? link(text, at + 1, depth, true) : null;
    case "[": return link(text, at, depth, false);
    case "<": return angled(text, at);
    default: return bare(text, at);
  }
}

/** @param {string} text @param {number} at @returns {{node: Inline, next: number}|null} */
function codeSpan(text, at) {
  let size = 1;
  while (text[at + size] === "`") size += 1;
  const ticks = "`".repeat(size);
  let end = text.indexOf(ticks, at + size);
  while (end >= 0 && text[end + size] === "`") {
    while (text[end] === "`") end += 1;
    end = text.indexOf(ticks, end);
  }
  if (end < 0) return {node: {type: "text", text: ticks}, next: at + size};
  const inner = text.slice(at + size, end).replaceAll("\n", " ");
  const trimmed = /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner;
  return {node: {type: "code", text: trimmed}, next: end + size};
}

/** @param {string} text @param {number} at @param {number} depth @returns {{node: Inline, next: number}|null} */
function emphasis(text, at, depth) {
  const mark = text[at];
  if (mark === "_" && /\w/.test(text[at - 1] ?? "")) return null;
  if (text[at + 1] === mark) return wrapped(text, at, mark + mark, "strong", depth) ?? {node: {type: "text", text: mark + mark}, next: at + 2};
  return wrapped(text, at, mark, "em", depth);
}

/**
 * @param {string} text @param {number} at @param {string} mark @param {"strong"|"em"|"del"} type @param {number} depth
 * @returns {{node: Inline, next: number}|null}
 */
function wrapped(text, at, mark, type, depth) {
  const from = at + mark.length;
  if (/\s/.test(text[from] ?? " ")) return null;
  let tries = 0;
  for (let end = text.indexOf(mark, from + 1); end > 0 && tries < ENDS; end = text.indexOf(mark, end + 1)) {
    tries += 1;
    if (/[\s\\]/.test(text[end - 1])) continue;
    if (mark.length === 1 && text[end + 1] === mark) { end += 1; continue; }
    if (mark[0] === "_" && /\w/.test(text[end + mark.length] ?? "")) continue;
    const close = mark.length === 2 && text[end + 2] === mark[0] ? end + 1 : end;
    return {node: {type, inline: inlineOf(text.slice(from, close), depth + 1)}, next: close + mark.length};
  }
  return null;
}

/** @param {string} text @param {number} at @param {number} depth @param {boolean} image @returns {{node: Inline, next: number}|null} */
function link(text, at, depth, image) {
  let open = 1;
  let end = at + 1;
  for (; end < text.length && open > 0 && end - at < 2000; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "[") open += 1;
    else if (text[end] === "]") open -= 1;
  }
  if (open > 0 || text[end] !== "(") return null;
  const target = /\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+["'(][^"')]*["')])?\s*\)/y;
  target.lastIndex = end;
  const match = target.exec(text);
  if (!match) return null;
  const label = text.slice(at + 1, end - 1);
  const href = safeLink(match[1]);
  const inline = image ? [/** @type {Inline} */ ({type: "text", text: label || "image"})] : inlineOf(label, depth + 1);
  const next = target.lastIndex;
  // A link that leads nowhere we would go keeps its words.
  if (href === null) return {node: {type: "text", text: label}, next};
  return {node: {type: "link", href, inline, image}, next};
}

/** @param {string} text @param {number} at @returns {{node: Inline, next: number}|null} */
function angled(text, at) {
  const match = /<(https?:\/\/[^\s<>]+)>/y;
  match.lastIndex = at;
  const found = match.exec(text);
  const href = found && safeLink(found[1]);
  return href ? {node: {type: "link", href, inline: [{type: "text", text: found[1]}], image: false}, next: match.lastIndex} : null;
}

/** @param {string} text @param {number} at @returns {{node: Inline, next: number}|null} */
function bare(text, at) {
  BARE.lastIndex = at;
  const shown = BARE.exec(text)?.[0].replace(/[.,;:!?*_~]+$/, "") ?? "";
  const href = safeLink(shown);
  return href ? {node: {type: "link", href, inline: [{type: "text", text: shown}], image: false}, next: at + shown.length} : null;
}

/** The address, where it is one of the web; null for everything else. @param {string} target @returns {string|null} */
export function safeLink(target) {
  if (!/^https?:\/\//i.test(target)) return null;
  try {
    const url = new URL(target);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
