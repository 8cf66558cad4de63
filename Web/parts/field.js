// A field of a form: label above, hint and error below, tied to the control.
//
//   field({id: "name", label: "Name", hint: "Letters and digits", error: errors.name, control: ({id, describedBy, invalid}) => html`
//     <input class="inp" id=${id} aria-describedby=${describedBy} aria-invalid=${invalid} .value=${name} @input=${…}>`})
//   textField({id: "name", label: "Name", value, onInput: (value) => …, error, hint, type, autocomplete, required})
//   switchField({id, label, hint, checked, onChange, disabled})      acts at once

import {html, nothing} from "../dom/html.js";
import {icon} from "./icon.js";

/** @typedef {{id: string, describedBy: string | null, invalid: "true" | null}} ControlParts */

/** @param {{id: string, label: unknown, hint?: unknown, error?: unknown, isOptional?: boolean, control: (parts: ControlParts) => unknown}} options */
export function field({id, label, hint, error, isOptional = false, control}) {
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || null;
  return html`<div class="field"><label for=${id}>${label}${isOptional ? html`<span class="dim">optional</span>` : nothing}</label>
    ${control({id, describedBy, invalid: error ? "true" : null})}
    ${hint ? html`<div class="hint" id="${id}-hint">${hint}</div>` : nothing}
    ${error ? html`<div class="err" id="${id}-error" role="alert">${icon("warn", 13)}<span>${error}</span></div>` : nothing}</div>`;
}

/** @typedef {"off" | "username" | "email" | "current-password" | "new-password" | "one-time-code"} Autocomplete */

/** @param {{id: string, name?: string, label: unknown, value: string, onInput: (value: string) => void, onBlur?: () => void, hint?: unknown, error?: unknown, type?: string, placeholder?: string, autocomplete?: Autocomplete, isOptional?: boolean, required?: boolean, disabled?: boolean, isMono?: boolean, isLarge?: boolean}} options */
export const textField = ({id, name = id, label, value, onInput, onBlur, hint, error, type = "text", placeholder, autocomplete = "off", isOptional = false, required = false, disabled = false, isMono = false, isLarge = false}) => field({id, label, hint, error, isOptional,
  control: ({describedBy, invalid}) => html`<input class="inp ${isMono ? "mono" : ""} ${isLarge ? "lg" : ""}" id=${id} name=${name} type=${type} placeholder=${placeholder} autocomplete=${autocomplete} autocapitalize="none" spellcheck="false"
    ?required=${required} ?disabled=${disabled} aria-describedby=${describedBy} aria-invalid=${invalid} .value=${value}
    @input=${(/** @type {InputEvent} */ event) => onInput(/** @type {HTMLInputElement} */ (event.currentTarget).value)} @blur=${onBlur}>`});

/** @param {{id: string, label: unknown, hint?: unknown, checked: boolean, onChange: (checked: boolean) => void, disabled?: boolean}} options */
export const switchField = ({id, label, hint, checked, onChange, disabled = false}) => html`<div class="row opt">
  <div class="grow"><label for=${id}><b>${label}</b></label>${hint ? html`<div class="sm dim" id="${id}-hint">${hint}</div>` : nothing}</div>
  <input type="checkbox" role="switch" class="switch" id=${id} aria-describedby=${hint ? `${id}-hint` : null} .checked=${checked} ?disabled=${disabled}
    @change=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.currentTarget).checked)}></div>`;
