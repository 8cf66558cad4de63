import {INPUTS_ID, stepById, withStep, withValueAt} from "../document.js";
import {branchesOf} from "../branches.js";
import {graphOf, wayBetween} from "../graph.js";
import {structureOf, withStructure} from "../structure.js";
import {Refusal, withTargets, withoutTargets} from "./command.js";

/**
 * @typedef {import("./command.js").Command} Command
 */

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
