/** Documents and luck for the tests of editing. @typedef {import("../model/document.js").PipelineDocument} PipelineDocument */

/** Numbers that are the same in every run. @param {number} seed */
export function luck(seed) {
  let state = seed;
  const next = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  return {
    next,
    /** @param {number} count */
    below: (count) => Math.floor(next() * count),
    /** @template Item @param {readonly Item[]} list @returns {Item} */
    of: (list) => /** @type {Item} */ (list[Math.floor(next() * list.length)]),
  };
}

/** @type {PipelineDocument} */
export const review = {
  version: 1, name: "review", inputs: {repo: {type: "string"}},
  steps: [
    {id: "fetch", type: "api", with: {method: "GET", url: "https://example.org/{{ inputs.repo }}"}},
    {id: "split", type: "transform", with: {input: "{{ steps.fetch.output.text }}", ops: [{expression: "input"}]}},
    {id: "lint", type: "code", needs: ["split"], with: {language: "python", code: "steps.fetch = 1", inputs: {text: "{{ steps.split.output.result }}"}}},
    {id: "gate", type: "condition", needs: ["split"], with: {if: "size(steps.split.output.result) > 4", then: ["deep"], else: "quick"}},
    {id: "deep", type: "prompt", with: {prompt: "{% if steps.lint.output.exit_code == 0 %}ok{% endif %}"}},
    {id: "quick", type: "prompt", with: {prompt: "Look at it"}},
    {id: "merge", type: "transform", with: {ops: [{expression: 'default(steps["deep"].output, steps.quick.output)'}]}},
  ],
  outputs: {text: "steps.merge.output.result"},
};

/** A pipeline of some size with needs of all sources. @param {ReturnType<typeof luck>} random @param {number} count @returns {PipelineDocument} */
export function anyPipeline(random, count) {
  const steps = Array.from({length: count}, (_, place) => {
    const above = Array.from({length: place}, (_unused, index) => `s${index}`);
    /** @type {{id: string, type: string, needs?: string[], with?: Record<string, unknown>}} */
    const step = {id: `s${place}`, type: "transform", with: {ops: [{expression: "1"}]}};
    if (random.next() < 0.4) step.needs = above.filter(() => random.next() < 2 / (place + 1));
    if (place > 0 && random.next() < 0.3) step.with = {input: `a {{ steps.${random.of(above)}.output.result }} b`, ops: []};
    if (place < count - 2 && random.next() < 0.15) {
      step.type = "condition";
      step.with = {if: "true", then: [`s${place + 1}`], else: [`s${place + 2}`]};
    }
    return step;
  });
  return {version: 1, name: "any", steps};
}
