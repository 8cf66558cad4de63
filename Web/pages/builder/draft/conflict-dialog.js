import {each, html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {dialogHead, openDialog} from "../../../parts/dialog.js";
import {yamlOf} from "../../../model/yaml-text.js";

/**
 * Two people changed the same fields: shows both, field by field, and saves what is chosen. Closing it keeps everything
 * as it is, not saved.
 * @param {import("./autosave.js").Autosave} autosave
 */
export async function decideConflict(autosave) {
  const conflict = autosave.conflict.peek();
  if (!conflict) return;
  const theirs = signal(/** @type {ReadonlySet<number>} */ (new Set()));
  const choose = (/** @type {number} */ place, /** @type {boolean} */ isTheirs) => {
    const next = new Set(theirs.peek());
    if (isTheirs) next.add(place);
    else next.delete(place);
    theirs.value = next;
  };
  const {closed} = openDialog((close) => html`
    ${dialogHead(conflict.items.length === 1 ? "One field was changed by two people" : `${conflict.items.length} fields were changed by two people`, {text: "Everything else came together. Choose what stays; nothing is saved before.", close})}
    <div class="body conflicts">${each(conflict.items, (_item, place) => place, (item, place) => html`<fieldset class="conflict">
      <legend>${item.step ? html`<b class="mono">${item.step}</b> ` : nothing}<span class="mono dim">${item.path || (item.step ? "the whole step" : "the document")}</span></legend>
      ${side(`mine-${place}`, `side-${place}`, "Mine", item.mine, !theirs.value.has(place), () => choose(place, false))}
      ${side(`theirs-${place}`, `side-${place}`, "Theirs", item.theirs, theirs.value.has(place), () => choose(place, true))}
    </fieldset>`)}</div>
    <footer><button class="btn" type="button" @click=${() => close()}>Decide later</button>
      <button class="btn primary" type="button" @click=${() => close(true)}>Save</button></footer>`, {style: "wide"});
  if (await closed === true) await autosave.settle(theirs.peek());
}

/** @param {string} id @param {string} name @param {string} label @param {unknown} value @param {boolean} isChosen @param {() => void} choose */
const side = (id, name, label, value, isChosen, choose) => html`<label class="side ${isChosen ? "on" : ""}" for=${id}>
  <span class="row"><input class="check" type="radio" id=${id} name=${name} ?autofocus=${isChosen} ?checked=${isChosen} @change=${choose}><b>${label}</b></span>
  <pre class="code scroll" tabindex="0" aria-label=${`${label}: value`}>${value === undefined || value === null ? "(removed)" : typeof value === "string" ? value : yamlOf(value).trimEnd()}</pre></label>`;
