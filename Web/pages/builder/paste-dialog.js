import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {fragmentOf, withFirstIndent} from "../../model/clipboard.js";
import {formatCount} from "../../model/format.js";
import {readYAML} from "../../model/yaml-read.js";
import {YAMLError} from "../../model/yaml-source.js";
import {dialogHead, openDialog} from "../../parts/dialog.js";
import "../../parts/editor/editor.js";

/**
 * @typedef {import("../../model/clipboard.js").Fragment} Fragment
 * @typedef {{message: string, line?: number, column?: number}} Refusal
 */

/** The steps that a text holds, or why it holds none. @param {string} text @returns {{fragment: Fragment} | {refusal: Refusal}} */
export function stepsIn(text) {
  const whole = withFirstIndent(text);
  try {
    const fragment = fragmentOf(readYAML(whole));
    return "refusal" in fragment ? {refusal: {message: fragment.refusal}} : {fragment};
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    return {refusal: {message: error.message, line: error.line, column: error.line === 1 ? Math.max(1, error.column - whole.length + text.length) : error.column}};
  }
}

/**
 * Has somebody write or mend steps as YAML.
 * @param {import("../../app/app.js").App} app
 * @param {string} text what was pasted already
 * @returns {Promise<Fragment | null>}
 */
export async function askForSteps(app, text) {
  const written = signal(text);
  const isAsked = signal(text !== "");
  const {closed} = openDialog((close) => {
    const found = stepsIn(written.value);
    const refusal = "refusal" in found && isAsked.value ? found.refusal : null;
    const count = "fragment" in found ? found.fragment.steps.length : 0;
    const add = () => {
      if ("fragment" in found) return close(found.fragment);
      isAsked.value = true;
      app.announce(found.refusal.message);
      return undefined;
    };
    return html`${dialogHead("Paste steps", {text: "One step, a list of steps, or a whole document as YAML or JSON. Ids that are taken get a number, and texts follow.", close})}
      <div class="body paste-b"><cf-editor class="paste-in" .controlId=${"paste-text"} .language=${"yaml"} .label=${"Steps as YAML"} .value=${written.peek()}
          .diagnostics=${refusal ? [{severity: "error", ...refusal}] : []}
          @change=${(/** @type {CustomEvent<{value: string}>} */ event) => { event.stopPropagation(); written.value = event.detail.value; }}></cf-editor></div>
      <footer>${count > 0 ? html`<span class="sm dim" role="status">${formatCount(count, "step")}</span>` : nothing}<button class="btn end" type="button" @click=${() => close()}>Cancel</button>
        <button class="btn primary" type="button" @click=${add}>Add</button></footer>`;
  }, {style: "wide"});
  requestAnimationFrame(() => document.getElementById("paste-text")?.focus());
  return /** @type {Fragment | undefined} */ (await closed) ?? null;
}
