// What of the owner's may be used by the runs of somebody with whom a pipeline is shared. Used, never read.

import {html} from "../dom/html.js";

/** @typedef {"secrets" | "models"} Allowance */

/** @type {{id: Allowance, text: string}[]} */
export const ALLOWANCES = [{id: "secrets", text: "My secrets"}, {id: "models", text: "My models"}];

/** For the body of a request; nothing where nothing is known of it. @param {Allowance[] | undefined} allows */
export const allowed = (allows) => /** @type {{}} */ (allows === undefined ? {} : {allows});

/** @param {{of: string, allows: Allowance[], isBusy: boolean, onSwitch: (what: Allowance, isOn: boolean) => void}} given */
export const allowsSwitches = ({of, allows, isBusy, onSwitch}) => html`<span class="allows sm" role="group" aria-label=${`What runs of ${of} may use`}>${ALLOWANCES.map(({id, text}) => html`<label class="row">
  <input type="checkbox" role="switch" class="switch" .checked=${allows.includes(id)} ?disabled=${isBusy}
    @change=${(/** @type {Event} */ event) => onSwitch(id, /** @type {HTMLInputElement} */ (event.target).checked)}>${text}</label>`)}</span>`;

/** Beside a link, such as `· with my secrets and my models`. @param {Allowance[] | undefined} allows */
export const allowedWords = (allows) => allows?.length ? ` · with ${ALLOWANCES.filter(({id}) => allows.includes(id)).map(({text}) => text.toLowerCase()).join(" and ")}` : "";
