import {INPUTS_ID, inputNames, isObject} from "./document.js";

/**
 * The second line of a step's card: what it does, from its own fields.
 * @param {import("./document.js").Step} step
 * @returns {string}
 */
export function summaryOf(step) {
  const fields = isObject(step.with) ? step.with : {};
  const text = (/** @type {string} */ name) => typeof fields[name] === "string" ? /** @type {string} */ (fields[name]) : "";
  const line = {
    prompt: () => text("model") || "default model",
    code: () => [languageName(text("language")), typeof step.timeout === "string" ? `${step.timeout} limit` : ""].filter(Boolean).join(", "),
    file: () => [text("operation"), brief(text("path"))].filter(Boolean).join(" "),
    api: () => [text("method") || "GET", pathOf(text("url"))].filter(Boolean).join(" "),
    condition: () => text("if") || (Array.isArray(fields.cases) ? `${fields.cases.length} cases` : ""),
    transform: () => opsOf(fields.ops),
  }[step.type];
  const said = line ? line() : typeof step.title === "string" ? step.title : "";
  return said.replace(/\s+/g, " ").trim() || "Not set up yet";
}

/** The second line of the card of the run inputs. @param {import("./document.js").PipelineDocument} document */
export function inputsSummary(document) {
  const names = inputNames(document);
  return names.length > 0 ? names.join(", ") : "None";
}

/** What a card is called: its id. @param {string} id */
export function nameOf(id) {
  return id === INPUTS_ID ? "Run inputs" : id;
}

const LANGUAGES = /** @type {Record<string, string>} */ ({python: "Python", javascript: "JavaScript", typescript: "TypeScript", shell: "Shell"});

/** @param {string} name */
function languageName(name) {
  return LANGUAGES[name] ?? name;
}

/** `https://host/a/{{ inputs.b }}` is `/a/{b}`. @param {string} url */
function pathOf(url) {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "");
  return brief(path || url);
}

/** Templates by their last name. @param {string} text */
function brief(text) {
  return text.replace(/\{\{\s*([^}]*?)\s*\}\}/g, (_all, inner) => `{${/([A-Za-z_][\w-]*)["'\])]*$/.exec(inner)?.[1] ?? "…"}}`);
}

/** @param {unknown} ops */
function opsOf(ops) {
  if (!Array.isArray(ops)) return "";
  return ops.map((op) => {
    if (!isObject(op)) return "";
    const [name, value] = Object.entries(op)[0] ?? ["", ""];
    if (name === "expression") return String(value);
    if (name === "convert" && isObject(value)) return `${value.from ?? "value"} → ${value.to ?? "value"}`;
    return typeof value === "string" ? `${name} ${value}` : name;
  }).filter(Boolean).join(", ");
}
