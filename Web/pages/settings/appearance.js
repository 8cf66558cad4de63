import {Part} from "../../dom/element.js";
import {html} from "../../dom/html.js";
import {switchField} from "../../parts/field.js";
import {segmented} from "../../parts/tabs.js";

/** @typedef {import("../../app/app.js").App} App */

/** How this browser shows things. Acts at once, and is kept in the browser. */
export class Appearance extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  view() {
    const {contrast, motion, letterKeys} = this.app.preferences;
    return html`
      <section>
        <div class="sec-h"><div><h2>Appearance</h2><p>For this browser. It acts at once.</p></div></div>
        <div class="card rows">
          <div class="row opt wrap"><div class="grow"><b>Contrast</b><div class="sm dim">More makes lines stronger and text brighter.</div></div>
            ${segmented({label: "Contrast", selected: contrast.value, onSelect: (id) => { contrast.value = /** @type {typeof contrast.value} */ (id); },
              items: [{id: "system", label: "As the system"}, {id: "normal", label: "Normal"}, {id: "more", label: "More"}]})}</div>
          <div class="row opt wrap"><div class="grow"><b>Motion</b><div class="sm dim">Reduced ends every animation; nothing is told by motion alone.</div></div>
            ${segmented({label: "Motion", selected: motion.value, onSelect: (id) => { motion.value = /** @type {typeof motion.value} */ (id); },
              items: [{id: "system", label: "As the system"}, {id: "full", label: "Full"}, {id: "reduced", label: "Reduced"}]})}</div>
          ${switchField({id: "letter-keys", label: "Single-letter keys", hint: "Letters alone are shortcuts, outside of text fields. The list is under “?”.",
            checked: letterKeys.value, onChange: (isOn) => { letterKeys.value = isOn; }})}
        </div>
      </section>`;
  }
}

Appearance.define("cf-appearance");
