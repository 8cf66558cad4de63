import {html, nothing} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {openMenu} from "../../../parts/menu.js";
import {openDialog, dialogHead} from "../../../parts/dialog.js";

/**
 * @typedef {import("../../../model/run-memory.js").Inputs} Inputs
 * @param {{memory: import("../../../model/run-memory.js").Memory, lastRun: import("../../../model/editor-model.js").LastRun | null,
 *   use: (inputs: Inputs) => void, keep: () => void, drop: (name: string) => void}} given
 */
export function presetsView({memory, lastRun, use, keep, drop}) {
  const names = Object.keys(memory.presets).sort((a, b) => a.localeCompare(b));
  const last = lastRun?.inputs ?? memory.last;
  return html`<div class="row wrap presets">
    ${last ? html`<button type="button" class="btn sm" @click=${() => use(last)}>${icon("history", 14)}Last input</button>` : nothing}
    ${names.map((name) => html`<span class="chip"><button type="button" class="chip-b" @click=${() => use(/** @type {Inputs} */ (memory.presets[name]))}>${name}</button>
      <button type="button" class="chip-x" aria-label=${`Remove the preset ${name}`} @click=${() => drop(name)}>${icon("close", 11)}</button></span>`)}
    <button type="button" class="btn ghost sm end" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, [
      {label: "Keep these inputs as a preset", icon: "save", run: keep},
      {label: "Begin with the defaults", icon: "undo", run: () => use({})},
      {caption: "Presets are kept in this browser"},
    ])}>${icon("more", 14)}<span class="sr">More on the inputs</span></button></div>`;
}

/** @returns {Promise<string | null>} null where nobody named them */
export async function askName() {
  let name = "";
  const {closed} = openDialog((close) => html`${dialogHead("Keep the inputs as a preset", {close})}
    <form class="body" id="preset-form" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); if (name.trim()) close(name.trim()); }}>
      <div class="field"><label for="preset-name">Name</label><input class="inp" id="preset-name" autofocus maxlength="60" autocomplete="off" @input=${(/** @type {Event} */ event) => { name = /** @type {HTMLInputElement} */ (event.target).value; }}></div></form>
    <footer><button type="button" class="btn" @click=${() => close()}>Cancel</button><button type="submit" class="btn primary" form="preset-form">Keep</button></footer>`, {style: "sm"});
  const answer = await closed;
  return typeof answer === "string" ? answer : null;
}
