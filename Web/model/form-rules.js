/**
 * What the fields of one object have to do with each other: which stand together, which exclude each other, which are
 * needed beside the value of another.
 *
 * @typedef {{[key: string]: any}} Schema
 * @typedef {{[name: string]: import("../../Client/client.d.ts").JSONValue | undefined}} Values
 * @typedef {{by: string, values: string[]}} When the field `by` has one of these values
 *
 * @typedef {object} Rules
 * @property {{names: string[], when: When | null, optional: boolean}[]} groups exactly one of the names is written; at
 *   most one where it is optional
 * @property {{field: string, when: When}[]} only the field may stand only then
 * @property {{names: string[], when: When}[]} needed
 * @property {{field: string, choices: string[], when: When | null}[]} narrowed
 * @property {{field: string, needs: string[]}[]} together
 * @property {[string, string][]} apart
 *
 * @typedef {object} FieldState
 * @property {boolean} shown
 * @property {boolean} required
 * @property {string[] | null} choices narrower than the field's own; null for all
 */

/** @param {Schema} condition @returns {When | null} */
function whenOf(condition) {
  const [entry, ...others] = Object.entries(condition?.properties ?? {});
  const values = entry?.[1]?.enum ?? (entry?.[1]?.const !== undefined ? [entry[1].const] : null);
  return entry && values && others.length === 0 ? {by: entry[0], values} : null;
}

/** @param {Schema} schema @returns {Rules} */
export function rulesOf(schema) {
  /** @type {Rules} */
  const rules = {groups: [], only: [], needed: [], narrowed: [], together: [], apart: []};
  for (const part of [schema, ...(schema.allOf ?? [])]) read(part, rules, Object.keys(schema.properties ?? {}));
  group(rules);
  return rules;
}

/** @param {Schema} part @param {Rules} rules @param {string[]} known */
function read(part, rules, known) {
  const one = part.oneOf?.map((/** @type {Schema} */ each) => each.required?.[0]);
  if (one?.every(Boolean)) rules.groups.push({names: one, when: null, optional: false});
  const apart = part.not?.required;
  if (apart?.length === 2 && apart.every((/** @type {string} */ name) => known.includes(name))) rules.apart.push(apart);
  for (const [field, needs] of Object.entries(part.dependentRequired ?? {})) rules.together.push({field, needs});
  if (!part.if || !part.then) return;
  const alone = part.if.required?.length === 1 && !part.if.properties ? part.if.required[0] : null;
  const when = whenOf(part.if);
  const then = whenOf(part.then);
  if (alone && then) {
    // `format` only where `encoding` is utf-8 is about a field with a default: absent is as good.
    if (part.then.required) rules.only.push({field: alone, when: then});
    else rules.narrowed.push({field: then.by, choices: then.values, when: {by: alone, values: []}});
  } else if (when) {
    const names = part.then.oneOf?.map((/** @type {Schema} */ each) => each.required?.[0]);
    if (names) rules.groups.push({names, when, optional: false});
    if (part.then.required) rules.needed.push({names: part.then.required, when});
    if (then) rules.narrowed.push({field: then.by, choices: then.values, when});
  }
}

/** Three and more that exclude each other are one choice, such as the bodies of a request. @param {Rules} rules */
function group(rules) {
  const excludes = (/** @type {string} */ a, /** @type {string} */ b) =>
    rules.apart.some(([one, other]) => (one === a && other === b) || (one === b && other === a));
  const names = [...new Set(rules.apart.flat())];
  for (const name of names) {
    if (rules.groups.some((each) => each.names.includes(name))) continue;
    const clique = names.reduce((/** @type {string[]} */ all, each) => (all.every((other) => excludes(each, other)) ? [...all, each] : all), [name]
      ).filter((each, index, all) => all.indexOf(each) === index);
    if (clique.length > 2) rules.groups.push({names: clique, when: null, optional: true});
  }
}

/** What holds for `by` now, its default where nothing is written. @param {When | null} when @param {Values} values @param {Values} defaults */
function holds(when, values, defaults) {
  if (!when) return true;
  const value = values[when.by] ?? defaults[when.by];
  return when.values.length === 0 ? values[when.by] !== undefined : when.values.includes(String(value));
}

/**
 * How a field stands beside what is written. One that is written is always shown, also where it should not be: the
 * validator says why, and here it can be removed.
 * @param {Rules} rules @param {string} name @param {Values} values @param {Values} [defaults] @param {boolean} [required]
 * @returns {FieldState}
 */
export function stateOf(rules, name, values, defaults = {}, required = false) {
  const written = values[name] !== undefined;
  const allowed = rules.only.every((rule) => rule.field !== name || holds(rule.when, values, defaults));
  const clash = rules.apart.some(([a, b]) => (a === name && values[b] !== undefined) || (b === name && values[a] !== undefined));
  const choices = groupsOf(rules, values, defaults);
  const meant = (/** @type {string} */ need) => values[need] !== undefined || choices.some((each) => chosenIn(each, values) === need);
  const alone = rules.together.some((rule) => rule.field === name && !rule.needs.every(meant));
  const groups = choices.filter((each) => each.names.includes(name));
  const chosen = groups.every((each) => chosenIn(each, values) === name);
  const needed = required || rules.needed.some((rule) => rule.names.includes(name) && holds(rule.when, values, defaults))
    || groups.some((each) => !each.optional && chosenIn(each, values) === name);
  const narrowed = rules.narrowed.filter((rule) => rule.field === name && holds(rule.when, values, defaults));
  return {
    shown: written || (allowed && chosen && !alone && (groups.length > 0 || !clash)),
    required: needed,
    choices: narrowed.length ? narrowed.reduce((/** @type {string[]} */ all, rule) => all.filter((each) => rule.choices.includes(each)), narrowed[0]?.choices ?? []) : null,
  };
}

/** The choices between fields that there are now. @param {Rules} rules @param {Values} values @param {Values} [defaults] */
export function groupsOf(rules, values, defaults = {}) {
  return rules.groups.filter((each) => holds(each.when, values, defaults))
    .map((each) => ({...each, names: each.names.filter((name) =>
      rules.only.every((rule) => rule.field !== name || holds(rule.when, values, defaults)))}))
    .filter((each) => each.names.length > 1);
}

/** Which of a choice is written; the first where none is and one has to be. @param {{names: string[], optional: boolean}} choice @param {Values} values */
export function chosenIn(choice, values) {
  return choice.names.find((name) => values[name] !== undefined) ?? (choice.optional ? null : choice.names[0] ?? null);
}

/** What else must go when a field is written, because it cannot stand beside it. @param {Rules} rules @param {string} name @param {Values} values */
export function excludedBy(rules, name, values) {
  const others = rules.groups.filter((each) => each.names.includes(name)).flatMap((each) => each.names);
  const apart = rules.apart.flatMap(([a, b]) => (a === name ? [b] : b === name ? [a] : []));
  const lost = rules.together.filter((rule) => rule.needs.some((need) => others.includes(need) && need !== name)).map((rule) => rule.field);
  return [...new Set([...others, ...apart, ...lost])].filter((each) => each !== name && values[each] !== undefined);
}
