import {each as eachItem} from "../../app/api.js";
import {Part} from "../../dom/element.js";
import {html, nothing} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {fireWords, triggerWords} from "../../model/triggers.js";
import {formDialog} from "../../parts/form-dialog.js";
import {emptyView} from "../../parts/empty.js";
import {Form} from "../../parts/form.js";
import {icon} from "../../parts/icon.js";
import {loadView, resource} from "../../parts/load.js";
import {openMenu} from "../../parts/menu.js";
import {problemBanner} from "../../parts/problem.js";
import {skeletonRows} from "../../parts/skeleton.js";
import {tableView} from "../../parts/table.js";
import {showDeliveries} from "./deliveries.js";
import "./outgoing.js";
import {askTrigger, shownOnce} from "./trigger-form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Trigger} Trigger */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../../Client/client.d.ts").Environment} Environment */
/** @typedef {{pipelines: PipelineSummary[], environments: Environment[], triggers: Trigger[], isCut: boolean}} Known */

/** Triggers are asked for pipeline by pipeline; of more than these only the latest changed are looked at. */
const MOST_PIPELINES = 100;
/** So many requests go at once. */
const AT_ONCE = 8;

/** What starts pipelines by itself: schedules and calls of other systems; and where messages about runs go. */
export class Triggers extends Part {
  static props = {app: null};
  /** @type {App} */ app;

  #failure = signal(/** @type {unknown} */ (null));
  /** @type {import("../../parts/load.js").Resource<Known> | null} */
  #known = null;

  disconnected() {
    this.#known = null;
  }

  /** @param {AbortSignal} stop @returns {Promise<Known>} */
  async #read(stop) {
    const {api} = this.app;
    const [environments, {data}] = await Promise.all([
      Array.fromAsync(eachItem((page) => api.listEnvironments(page), {limit: 200, signal: stop})), api.listPipelines({limit: MOST_PIPELINES, sort: "-updated", signal: stop}),
    ]);
    /** @type {Trigger[]} */
    const triggers = [];
    for (let at = 0; at < data.items.length; at += AT_ONCE) {
      const answers = await Promise.all(data.items.slice(at, at + AT_ONCE).map(({id}) => api.listTriggers({id, signal: stop})));
      triggers.push(...answers.flatMap((answer) => answer.data.items));
    }
    return {pipelines: data.items, environments, triggers, isCut: data.next_cursor !== null};
  }

  view() {
    this.#known ??= resource((stop) => this.#read(stop), this);
    const {value} = this.#known.value;
    const mayMake = value?.pipelines.some(isEditable) ?? false;
    return html`
      <section>
        <div class="sec-h"><div><h2>Triggers</h2><p>What starts pipelines by itself: at times, or when another system calls.</p></div>
          <span class="row end wrap">
            <button type="button" class="btn" ?disabled=${!mayMake} @click=${() => this.#ask("schedule", null)}>${icon("clock")}New schedule</button>
            <button type="button" class="btn" ?disabled=${!mayMake} @click=${() => this.#ask("webhook", null)}>${icon("link")}New webhook</button></span></div>
        ${this.#failure.value ? problemBanner(this.#failure.value) : nothing}
        ${loadView(this.#known, {ready: (known) => this.#table(known), skeleton: () => html`<div class="card">${skeletonRows(3)}</div>`})}
      </section>
      <cf-outgoing .app=${this.app} .pipelines=${value?.pipelines ?? []}></cf-outgoing>`;
  }

  /** @param {Known} known */
  #table({pipelines, triggers, isCut}) {
    if (!triggers.length) {
      return html`<div class="card">${emptyView({icon: "bolt", title: "No trigger yet",
        text: pipelines.some(isEditable) ? "A schedule starts a pipeline at times, a webhook when another system calls." : "Make a pipeline first; a trigger starts one."})}</div>`;
    }
    const byID = new Map(pipelines.map((one) => [one.id, one]));
    return html`<div class="card">${tableView({
      caption: "Triggers", items: triggers, key: (one) => one.id,
      columns: [
        {id: "kind", label: "Kind", view: (one) => html`<span class="row">${icon(one.kind === "schedule" ? "clock" : "link", 14)}<b>${one.name ?? (one.kind === "schedule" ? "Schedule" : "Webhook")}</b></span>`},
        {id: "pipeline", label: "Pipeline", view: (one) => html`<a class="main" href=${`/pipelines/${one.pipeline}`}>${byID.get(one.pipeline)?.title ?? one.pipeline}</a>`},
        {id: "what", label: "Does", view: (one) => html`<span class="detail">${triggerWords(one)}</span>`},
        {id: "next", label: "Next", view: (one) => one.enabled && one.next_fire_at ? fireWords(one.next_fire_at, one.timezone ?? "UTC") : html`<span class="dim">–</span>`},
        {id: "on", label: "On", view: (one) => html`<input type="checkbox" role="switch" class="switch" aria-label=${`${one.name ?? one.kind} of ${byID.get(one.pipeline)?.title ?? "a pipeline"}`}
          .checked=${one.enabled} ?disabled=${!this.#mayTurn(one, byID.get(one.pipeline))} @change=${(/** @type {Event} */ event) => this.#turn(one, /** @type {HTMLInputElement} */ (event.currentTarget))}>`},
        {id: "acts", label: "Actions", isHidden: true, isNumber: true, view: (one) => this.#menu(one, byID.get(one.pipeline))},
      ],
    })}</div>${isCut ? html`<p class="sm dim">Of the ${MOST_PIPELINES} pipelines that were changed last.</p>` : nothing}`;
  }

  /** @param {Trigger} one */
  #isMine(one) { return one.owner === this.app.session.value?.account.id; }

  /** Others may switch off what is not theirs, and not on again. @param {Trigger} one @param {PipelineSummary | undefined} pipeline */
  #mayTurn(one, pipeline) { return this.#isMine(one) || (one.enabled && isEditable(pipeline)); }

  /** @param {Trigger} one @param {PipelineSummary | undefined} pipeline */
  #menu(one, pipeline) {
    if (!isEditable(pipeline)) return nothing;
    const isMine = this.#isMine(one);
    /** @type {import("../../parts/menu.js").MenuItems} */
    const items = [
      {icon: "edit", label: "Change", disabled: !isMine, reason: "Only who made it changes what it does", run: () => this.#ask(one.kind, one)},
      {icon: "history", label: "Deliveries", run: () => showDeliveries(this.app, one)},
      one.kind === "webhook" ? {icon: "link", label: "New address", disabled: !isMine, reason: "Only who made it changes what it does", run: () => this.#renew(one)} : null,
      {icon: "trash", label: "Remove", danger: true, run: () => this.#remove(one)},
    ];
    return html`<button type="button" class="btn ghost icon sm" aria-haspopup="menu" aria-expanded="false" aria-label=${`Actions for ${one.name ?? one.kind}`}
      @click=${(/** @type {Event} */ event) => openMenu(event.currentTarget, items)}>${icon("more")}</button>`;
  }

  /** @param {"schedule" | "webhook"} kind @param {Trigger | null} trigger */
  async #ask(kind, trigger) {
    const known = this.#known?.peek().value;
    if (!known) return;
    const sent = await askTrigger(this.app, {kind, trigger, pipelines: known.pipelines.filter(isEditable), environments: known.environments});
    if (!sent) return;
    this.app.toast(trigger ? "Trigger saved" : "Trigger made", {kind: "ok"});
    await this.#known?.reload();
  }

  /** @param {() => Promise<unknown>} act */
  async #try(act) {
    this.#failure.value = null;
    try {
      await act();
    } catch (error) {
      this.#failure.value = error;
    }
    await this.#known?.reload();
  }

  /** @param {Trigger} one @param {HTMLInputElement} input */
  async #turn(one, input) {
    await this.#try(() => this.app.api.changeTrigger({id: one.pipeline, trigger_id: one.id, body: {enabled: input.checked}}));
    // A refusal leaves it as it was.
    input.checked = this.#known?.peek().value?.triggers.find(({id}) => id === one.id)?.enabled ?? one.enabled;
  }

  /** @param {Trigger} one */
  async #renew(one) {
    const made = signal(/** @type {Trigger | null} */ (null));
    await formDialog({
      title: "New address", text: "The present address stops at once.", form: new Form({}, () => ({}), async () => {
        made.value = (await this.app.api.changeTrigger({id: one.pipeline, trigger_id: one.id, body: {new_address: true}})).data;
      }),
      fields: () => html`<p>Whoever calls the present one is refused until they have the new one. The key of the signatures stays.</p>`,
      action: "Make address", after: () => made.value ? shownOnce(this.app, made.value) : nothing,
    });
    await this.#known?.reload();
  }

  /** @param {Trigger} one */
  async #remove(one) {
    if (!await this.app.confirm({title: `Remove the ${one.kind}`, text: "It starts nothing more, and what set it off is forgotten. Its runs stay.", action: "Remove", danger: true})) return;
    await this.#try(() => this.app.api.removeTrigger({id: one.pipeline, trigger_id: one.id}));
  }
}

/** @param {PipelineSummary | undefined} pipeline */
const isEditable = (pipeline) => pipeline !== undefined && ["editor", "owner"].includes(pipeline.role);

Triggers.define("cf-triggers");
