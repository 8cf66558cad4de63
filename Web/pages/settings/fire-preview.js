import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {fireWords} from "../../model/triggers.js";
import {problemText} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */

/** Asking while somebody types waits for a pause of this length. */
const PAUSE_MS = 300;

/** The next fires of a schedule that is being written, as the server reckons them. */
export class FirePreview {
  #app;
  #asked = "";
  #answer = signal(/** @type {{next: string[], wrong: string}} */ ({next: [], wrong: ""}));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {App} app */
  constructor(app) { this.#app = app; }

  /** @param {string} cron @param {string} timezone */
  ask(cron, timezone) {
    const asked = `${cron}\n${timezone}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(asked, cron, timezone), PAUSE_MS);
  }

  /** @param {string} asked @param {string} cron @param {string} timezone */
  async #read(asked, cron, timezone) {
    if (cron.trim() === "") {
      this.#answer.value = {next: [], wrong: ""};
      return;
    }
    try {
      const {data} = await this.#app.api.validateSchedule({body: {cron: cron.trim(), timezone: timezone.trim() || "UTC"}});
      if (asked === this.#asked) this.#answer.value = {next: data.next, wrong: ""};
    } catch (error) {
      if (asked === this.#asked) this.#answer.value = {next: [], wrong: problemText(error)};
    }
  }

  /** @param {string} timezone */
  view(timezone) {
    const {next, wrong} = this.#answer.value;
    if (wrong) return html`<p class="sm badc" role="status">${wrong}</p>`;
    return next.length ? html`<div class="sm muted" role="status">Next: ${next.map((moment) => fireWords(moment, timezone.trim() || "UTC")).join(" · ")}</div>` : nothing;
  }
}
