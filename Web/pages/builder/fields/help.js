import {Part} from "../../../dom/element.js";
import {html, nothing} from "../../../dom/html.js";
import {signal} from "../../../dom/signal.js";
import {icon} from "../../../parts/icon.js";

let made = 0;

/** What a field is for, shown on request below its label. */
class Help extends Part {
  static props = {text: "", about: ""};

  #open = signal(false);
  #id = `help-${made += 1}`;

  view() {
    const text = String(this.signalOf("text").value ?? "");
    if (!text) return nothing;
    const open = this.#open.value;
    return html`<button type="button" class="help-b" aria-expanded=${String(open)} aria-controls=${this.#id}
      aria-label=${`About ${String(this.signalOf("about").value)}`} @click=${() => { this.#open.value = !open; }}>${icon("info", 13)}</button>
      <p class="hint help-t" id=${this.#id} ?hidden=${!open}>${text.split("`").map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))}</p>`;
  }
}

Help.define("cf-help");
