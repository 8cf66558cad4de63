import {html, nothing} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {stepsOf} from "../../../model/document.js";
import {setNeeds} from "../../../model/commands.js";
import {clearButton, group} from "./shell.js";

/** @typedef {import("./shell.js").Shell} Shell */

/** Several of a few words, as toggles. @param {Shell} given */
export function choicesField(given) {
  const {place, path, field} = given;
  const written = place.read(path);
  const standing = Array.isArray(written) ? written.map(String) : Array.isArray(field.default) ? field.default.map(String) : [];
  const choices = [...new Set([...(field.item?.choices ?? []), ...standing])];
  const toggle = (/** @type {string} */ choice) => {
    const next = standing.includes(choice) ? standing.filter((each) => each !== choice) : choices.filter((each) => each === choice || standing.includes(each));
    place.write(path, next.length ? next : undefined);
  };
  return group({...given, actions: clearButton(place, path, field)}, html`<div class="row wrap">${choices.map((choice) => html`<button type="button" class="chip" aria-pressed=${String(standing.includes(choice))}
    ?disabled=${!place.canEdit} @click=${() => toggle(choice)}>${choice}</button>`)}</div>`);
}

/** Names that were picked, each with a way out. @param {Shell} given @param {string[]} names @param {(names: string[]) => void} write */
const picked = ({place, field}, names, write) => html`<ul class="row wrap">${names.map((name) => html`<li class="chip mono">${name}
  ${place.canEdit ? html`<button type="button" class="chip-x" aria-label=${`Remove ${name} from ${field.label}`} @click=${() => write(names.filter((each) => each !== name))}>${icon("close", 11)}</button>` : nothing}</li>`)}</ul>`;

/** @param {Shell} given @param {string[]} offered @param {(name: string) => void} add @param {string} prompt */
const offer = ({place, path, field}, offered, add, prompt) => (place.canEdit && offered.length ? html`<select class="inp" id=${`${place.idOf(path)}-add`} aria-label=${`Add to ${field.label}`} .value=${""}
  @change=${(/** @type {Event} */ event) => { const select = /** @type {HTMLSelectElement} */ (event.target); if (select.value) add(select.value); select.value = ""; }}>
  <option value="">${prompt}</option>${offered.map((name) => html`<option value=${name}>${name}</option>`)}</select>` : nothing);

/** Secrets by name: those that are stored are offered, others may be named. @param {Shell} given */
export function secretsField(given) {
  const {place, path} = given;
  const written = place.read(path);
  const names = Array.isArray(written) ? written.map(String) : [];
  const write = (/** @type {string[]} */ next) => place.write(path, next.length ? next : undefined);
  const stored = place.catalogue.names.value.secrets;
  const add = (/** @type {string} */ text) => {
    const name = text.trim();
    return name === "" || names.includes(name) ? {value: null} : /^[A-Za-z_]\w*$/.test(name) ? {value: null} : {refusal: "Letters, digits and _, not beginning with a digit"};
  };
  return group(given, html`${picked(given, names, write)}
    ${offer(given, stored.filter((name) => !names.includes(name)), (name) => write([...names, name]), "Add a stored secret")}
    ${place.canEdit ? html`<cf-typed-input .controlId=${`${place.idOf(path)}-name`} .label=${"Name of another secret"} .placeholder=${stored.length ? "Or type a name" : "Name of a secret"} .mode=${"text"} .read=${add}
      @change=${(/** @type {Event} */ event) => {
        const input = /** @type {HTMLInputElement} */ (event.target);
        const name = input.value.trim();
        if (/^[A-Za-z_]\w*$/.test(name) && !names.includes(name)) { write([...names, name]); input.value = ""; }
      }}></cf-typed-input>
    <p class="hint">Secrets are kept under <a class="link" href="/models?tab=secrets">Models and secrets</a>; the document holds names alone.</p>` : nothing}`);
}

/** Steps by id: what runs before, or where a branch leads. @param {Shell} given */
export function stepsField(given) {
  const {place, path, field} = given;
  const written = place.read(path);
  const isNeeds = path.length === 1 && path[0] === "needs";
  const names = Array.isArray(written) ? written.map(String) : typeof written === "string" ? [written] : [];
  const others = stepsOf(place.model.document.value).map((step) => step.id).filter((id) => id !== place.stepId && !names.includes(id));
  const write = (/** @type {string[]} */ next) => {
    if (isNeeds && place.stepId !== null) return place.model.apply(setNeeds(place.stepId, next));
    const isWord = next.length === 1 && (next[0] === "end" || next[0] === "fail");
    return place.write(path, next.length === 0 && !given.required ? undefined : isWord ? next[0] : next);
  };
  const add = (/** @type {string} */ name) => write(name === "end" || name === "fail" ? [name] : [...names.filter((each) => each !== "end" && each !== "fail"), name]);
  const offered = isNeeds ? others : [...others, ...["end", "fail"].filter((word) => !names.includes(word))];
  return group({...given, actions: clearButton(place, path, field)}, html`${picked(given, names, write)}
    ${offer(given, offered, add, isNeeds ? "Add a step" : "Add a step, end or fail")}`);
}
