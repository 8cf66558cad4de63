import {INPUTS_ID, idProblem, stepById, stepsOf, withStep, withSteps} from "../document.js";
import {branchesOf} from "../branches.js";
import {structureOf, withStructure} from "../structure.js";
import {without} from "../layout.js";
import {newStep} from "../new-step.js";
import {renameStepIn} from "../rename.js";
import {Refusal, idsIn, withTargets, withoutTargets} from "./command.js";

/**
 * @typedef {import("../document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../document.js").Step} Step
 * @typedef {import("./command.js").Command} Command
 */

/**
 * Puts a new step at the end of the list, behind one step or behind all that nothing follows yet. Behind a condition it
 * goes into the first branch that leads nowhere.
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
      const added = withSteps(state.document, [...(state.document.steps ?? []), step]);
      const source = after ? stepById(state.document, after) : null;
      const free = source ? branchesOf(source).find(({targets}) => targets.length === 0) : undefined;
      const branched = source && free ? withStep(added, source.id, () => withTargets(source, free.key, [step.id])) : added;
      return {
        document: withStructure(branched, wanted),
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
 * Replaces a step by what it became, with the same id.
 * @param {Step} step
 * @param {string} [label]
 * @returns {Command}
 */
export function replaceStep(step, label = `Changed ${step.id}`) {
  return {label, change: ({document}) => ({document: withStep(document, step.id, () => step)})};
}
