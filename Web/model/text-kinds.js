import {isObject} from "./document.js";

/**
 * Which members under `with` hold CEL and which are never rendered, by type of step, as the schema of documents marks
 * them (`x-kind`): so steps of types that come later are understood, too.
 *
 * @typedef {{expressions: readonly string[], fixed: readonly string[]}} TextKinds paths such as `cases.*.when`; `*` stands for each element or member
 * @typedef {{readonly [key: string]: any}} Schema
 */

const DEEPEST = 8;

/** @param {Schema | null | undefined} schema @returns {ReadonlyMap<string, TextKinds>} */
export function textKinds(schema) {
  const parts = schema?.$defs?.step?.allOf;
  const found = (Array.isArray(parts) ? parts : []).flatMap((/** @type {Schema} */ part) => {
    const type = part.if?.properties?.type?.const;
    const fields = part.then?.properties?.with;
    if (typeof type !== "string" || !isObject(fields)) return [];
    /** @type {Map<string, Set<string>>} */
    const kinds = new Map();
    walk(fields, [], schema ?? {}, (path, kind) => kinds.set(path, (kinds.get(path) ?? new Set()).add(kind)));
    const of = (/** @type {string} */ kind) => [...kinds].filter(([, all]) => all.has(kind) && (kind === "expression" || all.size === 1)).map(([path]) => path);
    return [/** @type {[string, TextKinds]} */ ([type, {expressions: of("expression"), fixed: of("static")}])];
  });
  return new Map(found);
}

/** @param {Schema} given @param {readonly string[]} path @param {Schema} root @param {(path: string, kind: string) => void} tell */
function walk(given, path, root, tell) {
  const reference = /^#\/\$defs\/(\w+)$/.exec(given.$ref ?? "")?.[1];
  // Steps within a step have texts of their own.
  if (path.length > DEEPEST || reference === "step") return;
  const schema = reference ? {...root.$defs?.[reference], ...given} : given;
  /** @type {[string, Schema][]} */
  const below = [
    ...Object.entries(schema.properties ?? {}),
    ...[schema.items, schema.additionalProperties].filter(isObject).map((inner) => /** @type {[string, Schema]} */ (["*", inner])),
  ];
  for (const [name, inner] of below) walk(inner, [...path, name], root, tell);
  const forms = (schema.anyOf ?? []).filter((/** @type {Schema} */ form) => form.properties || form.items || form.additionalProperties);
  for (const form of forms) walk(form, path, root, tell);
  if (below.length === 0 && path.length > 0 && typeof schema["x-kind"] === "string") tell(path.join("."), schema["x-kind"]);
}
