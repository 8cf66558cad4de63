/**
 * Values that forms read and write.
 *
 * @typedef {import("./schema-form.js").Field} Field
 * @typedef {import("../../Client/client.d.ts").JSONValue} JSONValue
 */

/** What a field begins with when it is asked for. @param {Field} field @param {unknown} [before] what stood in its place @returns {JSONValue} */
export function beginningOf(field, before) {
  const text = typeof before === "string" ? before : "";
  switch (field.control) {
    case "number": return typeof field.default === "number" ? field.default : field.minimum ?? 0;
    case "switch": return field.default !== true;
    case "choice": return field.choices?.[0] ?? "";
    case "duration": return typeof field.default === "string" ? field.default : "30s";
    case "size": return typeof field.default === "string" ? field.default : field.least ?? "1MiB";
    case "list": return field.item && (field.item.form || field.item.control === "template") && field.item.control !== "variant" ? [beginningOf(field.item, before)] : [];
    case "map": return {};
    case "object": return Object.fromEntries((field.form?.fields ?? []).filter((each) => each.required)
      .map((each) => [each.name, each.lines && text ? text : beginningOf(each)]));
    case "variant": return variantOf(field, field.form?.fields[0]?.name ?? "");
    case "union": return field.item?.control === "step" ? [] : "";
    case "schema": return {type: "object", properties: {}};
    default: return text;
  }
}

/** An object with one of its keys. @param {Field} field @param {string} name @returns {JSONValue} */
export function variantOf(field, name) {
  const chosen = field.form?.fields.find((each) => each.name === name);
  if (!chosen) return {};
  // `flatten: false` and `trim: false` leave all as it is: who chooses the op means true.
  return {[name]: chosen.control === "switch" ? true : beginningOf(chosen)};
}

/** The units a duration is written with, and how many ms each has. */
export const durationUnits = {ms: 1, s: 1_000, m: 60_000, h: 3_600_000};
/** The same of sizes, in bytes. */
export const sizeUnits = {B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, KB: 1e3, kB: 1e3, MB: 1e6, GB: 1e9};

/**
 * A number and its unit; null for what is neither.
 * @param {unknown} value @param {{[unit: string]: number}} units @returns {{count: string, unit: string} | null}
 */
export function measureOf(value, units) {
  if (typeof value === "number") return "B" in units ? {count: String(value), unit: "B"} : null;
  const match = typeof value === "string" ? /^(\d+)\s*([A-Za-z]*)$/.exec(value.trim()) : null;
  const unit = match?.[2] || ("B" in units ? "B" : "");
  return match && unit in units ? {count: match[1] ?? "", unit} : null;
}

/** @param {unknown} value @param {{[unit: string]: number}} units */
function amount(value, units) {
  const measure = measureOf(value, units);
  return measure ? Number(measure.count) * (units[measure.unit] ?? 1) : null;
}

/**
 * What is wrong with a duration or size; null where nothing is.
 * @param {string} text @param {{[unit: string]: number}} units @param {Field} field
 */
export function measureRefusal(text, units, field) {
  const given = amount(text, units);
  if (given === null) return "ms" in units ? "Write a number and a unit, such as 30s" : "Write a number and a unit, such as 64MiB";
  const [least, most] = [amount(field.least, units), amount(field.most, units)];
  if ((least !== null && given < least) || (most !== null && given > most)) return `It goes from ${field.least} to ${field.most}`;
  return null;
}

/**
 * A number as it was typed: nothing, a number, a template, or what is wrong.
 * @param {string} text @param {Field} field @returns {{value: number | string | undefined} | {refusal: string}}
 */
export function numberOf(text, field) {
  const typed = text.trim();
  if (typed === "") return {value: undefined};
  if (field.templated && /\{[{%]/.test(typed)) return {value: typed};
  const number = Number(typed.replace(",", "."));
  if (!Number.isFinite(number)) return {refusal: "Write a number"};
  if (field.integer && !Number.isInteger(number)) return {refusal: "Write a whole number"};
  const {minimum, maximum} = field;
  if (minimum !== undefined && maximum !== undefined && (number < minimum || number > maximum)) {
    return {refusal: `It goes from ${minimum.toLocaleString("en-US")} to ${maximum.toLocaleString("en-US")}`};
  }
  if (minimum !== undefined && number < minimum) return {refusal: `It begins at ${minimum}`};
  return {value: number};
}

/** A value for a field that takes any: JSON where it is some, text otherwise. @param {unknown} value */
export const isText = (value) => value === undefined || typeof value === "string";

/** Names of an object in another order, or with another name. @template T @param {{[name: string]: T}} object @param {string} from @param {string} to */
export const renamedKey = (object, from, to) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name === from ? to : name, value]));

/** A name that an object does not have yet. @param {object} object @param {string} stem */
export function freeName(object, stem) {
  if (!(stem in object)) return stem;
  for (let number = 2; ; number += 1) if (!(`${stem}_${number}` in object)) return `${stem}_${number}`;
}

/** A list with one element elsewhere. @template T @param {readonly T[]} list @param {number} from @param {number} to */
export function movedIn(list, from, to) {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  if (item !== undefined) copy.splice(to, 0, item);
  return copy;
}
