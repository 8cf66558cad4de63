import {freeId, withStep, withSteps} from "../document.js";
import {branchesOf} from "../branches.js";
import {structureOf, withStructure} from "../structure.js";
import {renameStepIn} from "../rename.js";
import {idsIn, withTargets} from "./command.js";

/**
 * @typedef {import("../document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../document.js").Step} Step
 * @typedef {import("./command.js").Command} Command
 */

/**
 * Steps that are taken over from somewhere, with what is between them.
 * @param {import("../clipboard.js").Fragment} fragment
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
