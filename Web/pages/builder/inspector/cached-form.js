/** @typedef {import("../../../model/schema-form.js").Form} Form */

/** @type {WeakMap<object, Map<string, Form | null>>} */
const known = new WeakMap();

/** A form made once for a schema. @param {object} schema @param {string} key @param {() => Form | null} make @returns {Form | null} */
export function cachedForm(schema, key, make) {
  const forms = known.get(schema) ?? new Map();
  known.set(schema, forms);
  if (!forms.has(key)) forms.set(key, make());
  return forms.get(key) ?? null;
}
