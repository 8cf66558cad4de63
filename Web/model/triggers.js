// What triggers are asked for in forms, and how they are said in tables.

/** @typedef {import("../../Client/client.d.ts").Trigger} Trigger */
/** @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue */

/** How a call proves where it comes from. */
export const PRESETS = Object.freeze([
  {value: "generic", text: "Generic, signed by X-Factory-Signature"}, {value: "github", text: "GitHub"},
  {value: "gitlab", text: "GitLab"}, {value: "standard", text: "Standard Webhooks"},
]);

/**
 * Expressions by the name of their input, one a line: `title = trigger.body.issue.title`.
 * @param {string} text
 * @returns {{inputs: Record<string, string>, wrong: string | null}}
 */
export function readMapping(text) {
  /** @type {Record<string, string>} */
  const inputs = {};
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const found = /^\s*([A-Za-z_][\w-]*)\s*=(?!=)\s*(.+?)\s*$/.exec(line);
    if (!found) return {inputs: {}, wrong: `Line ${index + 1} is not written as input = expression.`};
    inputs[found[1] ?? ""] = found[2] ?? "";
  }
  return {inputs, wrong: null};
}

/** @param {Record<string, JSONValue>} inputs */
export const writeMapping = (inputs) => Object.entries(inputs).map(([name, value]) => `${name} = ${value}`).join("\n");

/**
 * The inputs of a run as JSON; nothing written is none.
 * @param {string} text
 * @returns {{inputs: Record<string, JSONValue>, wrong: string | null}}
 */
export function readInputs(text) {
  if (text.trim() === "") return {inputs: {}, wrong: null};
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return {inputs: value, wrong: null};
    return {inputs: {}, wrong: "Inputs are a JSON object."};
  } catch (error) {
    return {inputs: {}, wrong: `This is no JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`};
  }
}

/** @param {Record<string, JSONValue>} inputs */
export const writeInputs = (inputs) => Object.keys(inputs).length ? JSON.stringify(inputs, null, 2) : "";

/** What a trigger does, in a line. @param {Trigger} trigger */
export function triggerWords(trigger) {
  if (trigger.kind === "schedule") return `${trigger.cron}, ${trigger.timezone ?? "UTC"}`;
  const preset = trigger.signed === false ? "Generic, not signed" : PRESETS.find((one) => one.value === trigger.preset)?.text ?? trigger.preset ?? "";
  return trigger.if ? `${preset}, if ${trigger.if}` : preset;
}

/** A moment on the clock of a time zone, with the day of the week. @param {string} moment @param {string} timezone */
export function fireWords(moment, timezone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const form = {weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit"};
  try {
    return new Date(moment).toLocaleString("en-GB", {...form, timeZone: timezone});
  } catch {
    // A browser that does not know the zone shows its own clock.
    return new Date(moment).toLocaleString("en-GB", {...form, timeZoneName: "short"});
  }
}
