import {html} from "../../../dom/html.js";
import {brief, typeOfValue} from "../../../model/variables.js";

/** Longer values are cut where they are opened. */
const MOST_LETTERS = 20_000;

/** A value in a line, and all of it on a press. @param {string} from what gives it @param {import("../../../../Client/client.d.ts").JSONValue} value */
export function liveView(from, value) {
  const whole = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return html`<details class="live"><summary><span class="dim">${from}</span> <code class="trunc">${brief(value, 80) || "empty text"}</code>
    <span class="dim end">${typeOfValue(value)}</span></summary>
    <pre class="code pv">${whole.length > MOST_LETTERS ? `${whole.slice(0, MOST_LETTERS)}…` : whole}</pre></details>`;
}
