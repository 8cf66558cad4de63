// Words and figures of models and their providers. What is not known stays unknown: nothing is guessed from names.

/** @typedef {import("../../Client/client.d.ts").Model} Model */
/** @typedef {import("../../Client/client.d.ts").ModelHealth} ModelHealth */
/** @typedef {import("../../Client/client.d.ts").ModelAlias} ModelAlias */
/** @typedef {import("../../Client/client.d.ts").Provider} Provider */
/** @typedef {import("../../Client/client.d.ts").ProviderKind} ProviderKind */

/** Kinds of providers: what they are called, where they usually are, and whether they want a key. */
export const KINDS = Object.freeze([
  {kind: "openai", title: "OpenAI or compatible", base: "https://api.openai.com/v1", hint: "Up to and with /v1. Also for vLLM, llama.cpp, LM Studio and routers."},
  {kind: "anthropic", title: "Anthropic", base: "https://api.anthropic.com", hint: "With or without /v1."},
  {kind: "ollama", title: "Ollama", base: "http://127.0.0.1:11434", hint: "With or without /api."},
]);

/** @param {ProviderKind} kind */
export const kindTitle = (kind) => KINDS.find((one) => one.kind === kind)?.title ?? kind;

/** Names that pipelines may always use, and what they are for. */
export const ROLES = Object.freeze([
  {name: "default", text: "Used where a prompt names no model."},
  {name: "fast", text: "For short, frequent calls."},
  {name: "strong", text: "For hard questions."},
]);

const NAME = /^[a-z][a-z0-9._-]{0,63}$/;

/**
 * What is wrong with the name of a provider or an alias; null where nothing is.
 * @param {string} name
 */
export function nameRefusal(name) {
  if (name === "") return "A name is needed.";
  return NAME.test(name) ? null : "Small letters, digits, “.”, “_” and “-”, beginning with a letter, up to 64.";
}

/**
 * What is wrong with a base URL; null where nothing is.
 * @param {string} text
 */
export function addressRefusal(text) {
  if (!/^https?:\/\//.test(text)) return "Begin with http:// or https://.";
  return URL.canParse(text) ? null : "This is no address.";
}

/**
 * Whether an address is of this machine or a private network, so that an admin has to open it. Names other than
 * localhost are looked up by the server alone.
 * @param {string} text
 */
export function isPrivate(text) {
  if (!URL.canParse(text)) return false;
  const {hostname, port} = new URL(text);
  if (port !== "" && port !== "80" && port !== "443") return true;
  if (hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]") return true;
  return /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname) || /^\[f[cde]/.test(hostname);
}

/** @param {number} count of tokens */
export function tokens(count) {
  if (count < 1000) return `${count}`;
  // Vendors count in both: what is no round thousand is a multiple of 1024 where it can be.
  const unit = count % 1000 !== 0 && count % 1024 === 0 ? 1024 : 1000;
  const [size, name] = count < 1_000_000 ? [unit, "k"] : [unit * unit, "M"];
  return `${Number((count / size).toFixed(1))} ${name}`;
}

/**
 * A price in dollars for a million tokens, with all the digits that it has.
 * @param {number} value
 */
export function dollars(value) {
  return `$${value.toLocaleString("en", {minimumFractionDigits: 2, maximumFractionDigits: 6})}`;
}

/**
 * How a model or a provider does, in one word and its reason.
 * @param {ModelHealth} health
 * @returns {{tone: "ok" | "bad" | "warn" | "idle", word: string, detail: string}}
 */
export function healthWords(health) {
  if (!health) return {tone: "idle", word: "Not asked yet", detail: "No call since the server started."};
  const calls = health.calls === 1 ? "1 call" : `${health.calls} calls`;
  if (health.failures === 0) return {tone: "ok", word: "Answers", detail: `${calls}, none failed.`};
  const detail = `${health.failures} of ${calls} failed. ${health.last_error?.message ?? ""}`.trim();
  return health.failures === health.calls
    ? {tone: "bad", word: "Fails", detail} : {tone: "warn", word: "Fails at times", detail};
}

/**
 * The names in the order of the page: the three that pipelines may always use, then one's own.
 * @param {ModelAlias[]} aliases
 * @returns {{name: string, text: string, aliases: ModelAlias[]}[]}
 */
export function namesOf(aliases) {
  const known = ROLES.map(({name, text}) => ({name, text, aliases: aliases.filter((alias) => alias.name === name)}));
  const others = [...new Set(aliases.map((alias) => alias.name))]
    .filter((name) => !ROLES.some((role) => role.name === name)).toSorted();
  return [...known, ...others.map((name) => ({name, text: "", aliases: aliases.filter((alias) => alias.name === name)}))];
}

/** @param {"own" | "configuration" | "all"} scope */
export const scopeWords = (scope) => ({own: "Yours", configuration: "Configuration", all: "Everybody"})[scope];
