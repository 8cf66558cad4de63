import {
  INPUTS_ID, freeId, idProblem, isObject, stepById, stepsOf, valueAt, withStep, withSteps, withValueAt,
} from "./document.js";
import {branchesOf, graphOf, structureOf, wayBetween, withStructure} from "./graph.js";
import {newStep} from "./new-step.js";
import {renameStepIn} from "./rename.js";
import {without} from "./layout.js";

/**
 * Everything that can be done to a draft. A command is a pure function with a label; one command is one entry to undo.
 * Commands that add or remove connections keep every other one as it was.
 *
 * @typedef {import("./document.js").PipelineDocument} PipelineDocument
 * @typedef {import("./document.js").Step} Step
 * @typedef {import("./document.js").Path} Path
 * @typedef {import("./layout.js").Places} Places
 * @typedef {{document: PipelineDocument, places: Places}} Editable
 * @typedef {object} Command
 * @property {string} label what was done, for undo and for announcing: "Added step plan"
 * @property {(state: Editable) => Partial<Editable>} change answers what is different
 * @property {readonly string[]} [select] what is selected afterwards
 * @property {string} [merge] commands in a row with the same `merge` become one entry, as the letters of a word do
 */

/** Why a command is not done, in words for people. */
export class Refusal extends Error {}

/**
 * Puts a new step at the end of the list, behind one step or behind all that nothing follows yet.
 * @param {PipelineDocument} document
 * @param {string} type
 * @param {object} [options]
 * @param {string | null} [options.after] the step it runs after; null for one that starts at once; absent: after all ends
 * @param {{x: number, y: number} | null} [options.place]
 * @param {unknown} [options.schema]
 * @returns {Command & {id: string}}
 */
export function addStep(document, type, {after, place = null, schema = null} = {}) {
  const step = newStep(type, idsIn(document), schema);
  return {
    id: step.id, label: `Added ${type} step ${step.id}`, select: [step.id],
    change: (state) => {
      const wanted = structureOf(state.document);
      if (after !== undefined && wanted.size > 0) {
        wanted.set(step.id, new Set(after !== null && wanted.has(after) ? [after] : []));
      }
      const steps = [...(state.document.steps ?? []), step];
      return {
        document: withStructure(withSteps(state.document, steps), wanted),
        ...(place ? {places: {...state.places, [step.id]: place}} : {}),
      };
    },
  };
}

/**
 * Puts a new step between two that are connected.
 * @param {PipelineDocument} document
 * @param {string} type
 * @param {{from: string, to: string}} edge
 * @param {unknown} [schema]
 * @returns {Command & {id: string}}
 */
export function insertStep(document, type, {from, to}, schema = null) {
  const step = newStep(type, idsIn(document), schema);
  return {
    id: step.id, label: `Added ${type} step ${step.id} before ${to}`, select: [step.id],
    change: (state) => {
      const wanted = structureOf(state.document);
      const target = wanted.get(to);
      if (!target) throw new Refusal("That step is not there any more");
      target.delete(from);
      target.add(step.id);
      wanted.set(step.id, new Set(from === INPUTS_ID ? [] : [from]));
      const steps = (state.document.steps ?? []).map((other) => other.id === from ? insertedTarget(other, step.id, to) : other);
      const place = steps.findIndex((other) => other.id === from) + 1 || steps.findIndex((other) => other.id === to);
      steps.splice(place, 0, step);
      return {document: withStructure(withSteps(state.document, steps), wanted)};
    },
  };
}

/** @param {PipelineDocument} document */
function idsIn(document) {
  return new Set(stepsOf(document).map(({id}) => id));
}

/** The condition with a step before another in the branches that name it. @param {Step} condition @param {string} id @param {string} before */
function insertedTarget(condition, id, before) {
  return branchesOf(condition).reduce((step, {key, targets}) => targets.includes(before)
    ? withTargets(step, key, targets.flatMap((target) => target === before ? [id, before] : [target])) : step, condition);
}

/**
 * Removes steps. What ran after one runs after what it ran after.
 * @param {readonly string[]} ids
 * @returns {Command}
 */
export function removeSteps(ids) {
  const gone = new Set(ids);
  return {
    label: ids.length === 1 ? `Removed step ${ids[0]}` : `Removed ${ids.length} steps`, select: [],
    change: ({document, places}) => {
      if (!stepsOf(document).some((step) => gone.has(step.id))) return {};
      const before = structureOf(document);
      /** @type {Map<string, Set<string>>} */
      const wanted = new Map();
      for (const [id, needs] of before) {
        if (!gone.has(id)) wanted.set(id, bridged(needs, gone, before));
      }
      const steps = (document.steps ?? []).filter((step) => !gone.has(step.id)).map((step) => {
        const kept = withoutTargets(step, gone);
        const needs = kept.needs;
        return Array.isArray(needs) && needs.some((id) => gone.has(id))
          ? {...kept, needs: needs.filter((id) => !gone.has(id))} : kept;
      });
      return {document: withStructure(withSteps(document, steps), wanted), places: without(places, gone)};
    },
  };
}

/** @param {ReadonlySet<string>} needs @param {ReadonlySet<string>} gone @param {ReadonlyMap<string, ReadonlySet<string>>} before */
function bridged(needs, gone, before) {
  /** @type {Set<string>} */
  const result = new Set();
  const seen = new Set();
  const open = [...needs].reverse();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!gone.has(id)) result.add(id);
    else if (!seen.has(id)) {
      seen.add(id);
      open.push(...(before.get(id) ?? []));
    }
  }
  return result;
}

/** @param {Step} step @param {ReadonlySet<string>} gone @returns {Step} */
function withoutTargets(step, gone) {
  return branchesOf(step).reduce((kept, {key, targets}) => targets.some((id) => gone.has(id))
    ? withTargets(kept, key, targets.filter((id) => !gone.has(id))) : kept, step);
}

/**
 * @param {Step} step
 * @param {string} key `then`, `else`, `cases[0]`
 * @param {readonly string[]} targets
 * @returns {Step}
 */
function withTargets(step, key, targets) {
  const place = /^cases\[(\d+)\]$/.exec(key)?.[1];
  /** @type {Path} */
  const path = place === undefined ? ["with", key] : ["with", "cases", Number(place), "then"];
  const isNeeded = place !== undefined;
  return withValueAt(step, path, targets.length > 0 || isNeeded ? [...targets] : undefined);
}

/**
 * Has a step run after another; after a condition in one of its branches, or in any case where `branch` is null.
 * @param {string} from
 * @param {string} to
 * @param {string | null} [branch] `then`, `else`, `cases[0]`
 * @returns {Command}
 */
export function connect(from, to, branch = null) {
  return {
    label: `Connected ${from} to ${to}`, select: [to],
    change: ({document}) => {
      const graph = graphOf(document);
      if (from === INPUTS_ID || to === INPUTS_ID) throw new Refusal("Run inputs are there before every step");
      if (from === to) throw new Refusal("A step cannot run after itself");
      const way = wayBetween(graph, to, from);
      if (way) throw new Refusal(`That would make a loop: ${[...way, to].join(" → ")}`);
      const source = stepById(document, from);
      const wanted = structureOf(document);
      const needs = wanted.get(to);
      if (!source || !needs) throw new Refusal("That step is not there any more");
      const chosen = branchesOf(source).find(({key}) => key === branch);
      if (needs.has(from) && (!chosen || chosen.targets.includes(to))) throw new Refusal(`${to} runs after ${from} already`);
      needs.add(from);
      const branched = chosen ? withStep(document, from, (step) => withTargets(step, chosen.key, [
        ...chosen.targets.filter((id) => id !== "end" && id !== "fail"), to,
      ])) : document;
      return {document: withStructure(branched, wanted)};
    },
  };
}

/**
 * Takes a connection away.
 * @param {string} from
 * @param {string} to
 * @returns {Command}
 */
export function disconnect(from, to) {
  return {
    label: `Disconnected ${from} from ${to}`,
    change: ({document}) => {
      const edge = graphOf(document).needs.get(to)?.find((need) => need.from === from);
      if (!edge) throw new Refusal(`${to} does not run after ${from}`);
      if (edge.use) throw new Refusal(`${to} uses ${from} in ${edge.use.join(".")}; change that text first`);
      const wanted = structureOf(document);
      wanted.get(to)?.delete(from);
      const branched = withStep(document, from, (step) => withoutTargets(step, new Set([to])));
      return {document: withStructure(branched, wanted)};
    },
  };
}

/**
 * Gives a step exactly these to run after; `null` leaves it to the order again.
 * @param {string} id
 * @param {readonly string[] | null} needs
 * @returns {Command}
 */
export function setNeeds(id, needs) {
  return {
    label: `Changed what ${id} runs after`,
    change: ({document}) => {
      for (const need of needs ?? []) {
        const way = need === id ? [id] : wayBetween(graphOf(document), id, need);
        if (way) throw new Refusal(`That would make a loop: ${[...way, id].join(" → ")}`);
      }
      const wanted = structureOf(document);
      wanted.delete(id);
      const changed = withStep(document, id, (step) => withValueAt(step, ["needs"], needs === null ? undefined : [...needs]));
      return {document: withStructure(changed, wanted)};
    },
  };
}

/**
 * Gives a step another id, wherever it is named.
 * @param {string} from
 * @param {string} to
 * @returns {Command}
 */
export function renameStep(from, to) {
  return {
    label: `Renamed ${from} to ${to}`, select: [to],
    change: ({document, places}) => {
      if (from === to) return {};
      const problem = idProblem(to);
      if (problem) throw new Refusal(problem);
      if (stepById(document, to)) throw new Refusal(`There is a step ${to} already`);
      const {[from]: place, ...others} = places;
      return {document: renameStepIn(document, from, to), ...(place ? {places: {...others, [to]: place}} : {})};
    },
  };
}

/**
 * Sets a member of a step; undefined removes it.
 * @param {string} id
 * @param {Path} path for example `["with", "prompt"]`
 * @param {unknown} value
 * @returns {Command}
 */
export function setStepField(id, path, value) {
  return {
    label: `Changed ${path.filter((part) => part !== "with").join(".")} of ${id}`, merge: `step ${id} ${path.join(".")}`,
    change: ({document}) => ({document: withStep(document, id, (step) => tidied(withValueAt(step, path, value), path, value))}),
  };
}

/** Objects that a removal left empty go with it, but for `with` itself. @param {Step} step @param {Path} path @param {unknown} value @returns {Step} */
function tidied(step, path, value) {
  const above = path.slice(0, -1);
  if (value !== undefined || above.length === 0 || (above.length === 1 && above[0] === "with")) return step;
  const box = valueAt(step, above);
  const isEmpty = isObject(box) && Object.keys(box).length === 0;
  return isEmpty ? tidied(withValueAt(step, above, undefined), above, undefined) : step;
}

/**
 * Replaces a step by what it became, with the same id.
 * @param {Step} step
 * @param {string} [label]
 * @returns {Command}
 */
export function replaceStep(step, label = `Changed ${step.id}`) {
  return {label, change: ({document}) => ({document: withStep(document, step.id, () => step)})};
}

/**
 * Sets a member of the document beside its steps; undefined removes it.
 * @param {Path} path for example `["inputs", "language", "default"]`
 * @param {unknown} value
 * @returns {Command}
 */
export function setDocumentField(path, value) {
  return {
    label: `Changed ${path.join(".")}`, merge: `document ${path.join(".")}`,
    change: ({document}) => {
      const changed = withValueAt(document, path, value);
      const top = path[0];
      const isEmpty = value === undefined && path.length > 1 && top !== undefined
        && isObject(changed[top]) && Object.keys(/** @type {object} */ (changed[top])).length === 0;
      return {document: isEmpty ? withValueAt(changed, [String(top)], undefined) : changed};
    },
  };
}

/**
 * Adds a run input.
 * @param {string} name
 * @param {{readonly [key: string]: unknown}} [schema]
 * @returns {Command}
 */
export function insertInput(name, schema = {type: "string"}) {
  return {
    label: `Added input ${name}`,
    change: ({document}) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) throw new Refusal("A name has letters, digits and _, beginning with a letter");
      if (isObject(document.inputs) && Object.hasOwn(document.inputs, name)) throw new Refusal(`There is an input ${name} already`);
      return {document: withValueAt(document, ["inputs", name], schema)};
    },
  };
}

/**
 * Puts the steps into another order. Steps without `needs` run after what then stands above them.
 * @param {readonly string[]} ids every id, in order
 * @returns {Command}
 */
export function reorderSteps(ids) {
  return {
    label: "Changed the order of steps",
    change: ({document}) => {
      const steps = document.steps ?? [];
      const order = new Map(ids.map((id, place) => [id, place]));
      const sorted = steps.map((step, place) => ({step, rank: order.get(step.id) ?? place}))
        .sort((left, right) => left.rank - right.rank).map(({step}) => step);
      return sorted.every((step, place) => step === steps[place]) ? {} : {document: withSteps(document, sorted)};
    },
  };
}

/**
 * Moves a step up or down in the order.
 * @param {string} id
 * @param {number} by -1 for up
 * @returns {Command}
 */
export function moveInOrder(id, by) {
  return {
    label: `Moved ${id} ${by < 0 ? "up" : "down"}`, select: [id],
    change: (state) => {
      const ids = stepsOf(state.document).map((step) => step.id);
      const place = ids.indexOf(id);
      const target = place + by;
      if (place < 0 || target < 0 || target >= ids.length) return {};
      ids.splice(place, 1);
      ids.splice(target, 0, id);
      return reorderSteps(ids).change(state);
    },
  };
}

/**
 * Puts steps at places of the canvas.
 * @param {Places} places
 * @param {string} [label]
 * @param {string} [merge]
 * @returns {Command}
 */
export function placeSteps(places, label, merge) {
  const count = Object.keys(places).length;
  return {
    label: label ?? (count === 1 ? `Moved ${nameOf(Object.keys(places)[0] ?? "")}` : `Moved ${count} steps`),
    ...(merge ? {merge} : {}), change: (state) => ({places: {...state.places, ...places}}),
  };
}

/** @param {string} id */
function nameOf(id) {
  return id === INPUTS_ID ? "run inputs" : id;
}

/**
 * Lays all steps out anew.
 * @param {Places} places
 * @returns {Command}
 */
export function tidy(places) {
  return {label: "Tidied the layout", change: () => ({places})};
}

/**
 * Steps that are taken over from somewhere, with what is between them.
 * @param {import("./clipboard.js").Fragment} fragment
 * @param {PipelineDocument} document
 * @param {{x: number, y: number}} [offset]
 * @returns {Command & {ids: string[]}}
 */
export function pasteSteps(fragment, document, offset = {x: 32, y: 32}) {
  const taken = idsIn(document);
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const step of fragment.steps) {
    const id = freeId(step.id, taken);
    names.set(step.id, id);
    taken.add(id);
  }
  const ids = [...names.values()];
  return {
    ids, select: ids, label: ids.length === 1 ? `Added step ${ids[0]}` : `Added ${ids.length} steps`,
    change: (state) => {
      const there = idsIn(state.document);
      const wanted = structureOf(state.document);
      const steps = fragment.steps.map((step) => {
        const id = names.get(step.id) ?? step.id;
        const needs = (fragment.needs[step.id] ?? [])
          .map((need) => names.get(need) ?? need).filter((need) => there.has(need) || ids.includes(need));
        wanted.set(id, new Set(needs));
        return renamedCopy(step, names);
      });
      let pasted = withSteps(state.document, [...(state.document.steps ?? []), ...steps]);
      for (const {step, condition, branch} of fragment.branches) {
        const target = names.get(step);
        if (target !== undefined && there.has(condition) && !names.has(condition)) {
          pasted = withStep(pasted, condition, (gate) => {
            const found = branchesOf(gate).find(({key}) => key === branch);
            return found ? withTargets(gate, branch, [...found.targets, target]) : gate;
          });
        }
      }
      /** @type {Record<string, {x: number, y: number}>} */
      const places = {...state.places};
      for (const [old, id] of names) {
        const place = fragment.places[old];
        if (place) places[id] = {x: place.x + offset.x, y: place.y + offset.y};
      }
      return {document: withStructure(pasted, wanted), places};
    },
  };
}

/** @param {Step} step @param {ReadonlyMap<string, string>} names @returns {Step} */
function renamedCopy(step, names) {
  /** @type {Step} */
  let copy = {...step, id: names.get(step.id) ?? step.id};
  for (const {key, targets} of branchesOf(copy)) {
    const kept = targets.filter((id) => names.has(id) || id === "end" || id === "fail");
    if (kept.length !== targets.length) copy = withTargets(copy, key, kept);
  }
  const box = renameStepIn({steps: [copy]}, (id) => names.get(id) ?? null);
  return box.steps?.[0] ?? copy;
}
