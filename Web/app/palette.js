// Search and commands: a combobox over what can be done here, pages, pipelines and runs. What is typed is asked of the
// server; `>` leaves the commands alone, `#` looks for a tag.

import {each, html, nothing} from "../dom/html.js";
import {Part} from "../dom/element.js";
import {signal} from "../dom/signal.js";
import {icon} from "../parts/icon.js";
import {openDialog} from "../parts/dialog.js";
import {status} from "../parts/status.js";
import {formatAgo} from "../model/format.js";
import {keyName} from "./key-names.js";
import {groupByTitle, matches, oncePerLabel, readQuery} from "./palette-query.js";
import {PLACES, WORKSPACE} from "./places.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./palette-query.js").Found} Found */
/** @typedef {import("../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("../../Client/client.d.ts").RunMetadata} RunMetadata */

const TYPED_MS = 120;
const MOST = 6;

class Palette extends Part {
  static props = {app: null, close: null};
  /** @type {App} */ app;
  /** @type {() => void} */ close;

  #text = signal("");
  #at = signal(0);
  #found = signal(/** @type {Found[]} */ ([]));
  #busy = signal(false);
  #failed = signal(false);

  connected() {
    this.effect(() => {
      const text = this.#text.value;
      const stop = new AbortController();
      // Until the answer is there, nobody knows that nothing matches.
      this.#busy.value = true;
      const timer = setTimeout(() => this.#search(text, stop.signal), text === "" ? 0 : TYPED_MS);
      return () => { clearTimeout(timer); stop.abort(); };
    });
    this.querySelector("input")?.focus();
  }

  /** @returns {Found[]} */
  get #items() {
    const {kind, text} = readQuery(this.#text.value);
    const commands = kind === "tag" ? [] : oncePerLabel(this.app.commands.value.flatMap((group) => group.commands.filter((command) => command.run).map((command) => ({
      id: `command ${group.title} ${command.label}`, title: PLACES.some((place) => place.label === group.title) ? "Here" : group.title,
      label: command.label, icon: command.icon ?? "bolt", keys: command.keys && keyName(command.keys), run: command.run,
    }))));
    const places = kind === "all" ? [...PLACES, ...WORKSPACE].map((place) => ({id: `place ${place.href}`, title: "Go to", label: place.label, icon: place.icon, href: place.href})) : [];
    return [...[...commands, ...places].filter((item) => matches(item.label, text)), ...kind === "commands" ? [] : this.#found.value];
  }

  view() {
    const items = this.#items;
    const at = Math.min(this.#at.value, items.length - 1);
    return html`<div class="pal-in">${icon("search", 18)}
        <input role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-activedescendant=${items.length ? `palette-${at}` : null}
          aria-label="Search pipelines, runs and commands" placeholder="Search pipelines, runs and commands" autocomplete="off" spellcheck="false" maxlength="200"
          @input=${(/** @type {Event} */ event) => { this.#at.value = 0; this.#text.value = /** @type {HTMLInputElement} */ (event.currentTarget).value; }}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, items, at)}><kbd>Esc</kbd></div>
      <div id="palette-list" role="listbox" aria-label="Results" aria-busy=${String(this.#busy.value)} class="scroll">
        ${each(groupByTitle(items), (group) => group.title, (group) => html`<div role="group" aria-label=${group.title}><div class="cap" aria-hidden="true">${group.title}</div>
          ${each(group.items, ({item}) => item.id, ({item, index}) => html`<div role="option" id="palette-${index}" aria-selected=${String(index === at)} @click=${() => this.#open(item)} @pointermove=${() => { this.#at.value = index; }}>
            ${icon(item.icon)}<span class="trunc">${item.label}</span>${item.note ? html`<span class="end sm dim row">${item.note}</span>` : nothing}${item.keys ? html`<kbd class="end">${item.keys}</kbd>` : nothing}</div>`)}</div>`)}
      </div>
      ${items.length > 0 ? nothing : html`<p class="dim pal-e" role="status">${this.#note()}</p>`}
      <footer class="pal-f" role="none"><span><kbd>↑</kbd><kbd>↓</kbd> move</span><span><kbd>Enter</kbd> open</span><span class="end dim">Type &gt; for commands, # for tags</span></footer>`;
  }

  #note() {
    if (this.#busy.value) return "Searching";
    if (this.#failed.value) return "The search did not work. Type on to try again.";
    const {kind, text} = readQuery(this.#text.value);
    if (kind === "tag" && text === "") return "Type a tag.";
    return `Nothing matches “${this.#text.value}”. Try the name of a pipeline, the number of a run or a command.`;
  }

  /** @param {KeyboardEvent} event @param {Found[]} items @param {number} at */
  #key(event, items, at) {
    if (event.isComposing || items.length === 0) return;
    const to = {ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, PageDown: Math.min(at + 8, items.length - 1), PageUp: Math.max(at - 8, 0)}[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#at.value = to;
      requestAnimationFrame(() => this.querySelector("[aria-selected=true]")?.scrollIntoView({block: "nearest"}));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#open(items[at]);
    }
  }

  /** @param {Found} item */
  #open(item) {
    this.close();
    if (item.href) this.app.go(item.href);
    else item.run?.();
  }

  /** @param {string} typed @param {AbortSignal} signal */
  async #search(typed, signal) {
    const {kind, text, number} = readQuery(typed);
    if (kind === "commands" || (kind === "tag" && text === "")) {
      this.#found.value = [];
      this.#busy.value = false;
      return;
    }
    this.#failed.value = false;
    const {api} = this.app;
    try {
      const [pipelines, runs] = await Promise.all([
        api.listPipelines(kind === "tag" ? {tag: text, limit: MOST, signal} : {q: text || undefined, sort: text ? "relevance" : "last_run", limit: MOST, signal}),
        kind === "tag" ? null : api.listRuns(number === null ? {limit: text ? 50 : 4, signal} : {number, limit: MOST, signal}),
      ]);
      if (signal.aborted) return;
      const someRuns = (runs?.data.items ?? []).filter((run) => number !== null || matches(run.pipeline.name, text)).slice(0, MOST);
      this.#found.value = [...pipelines.data.items.map(pipelineItem), ...someRuns.map(runItem)];
    } catch {
      if (signal.aborted) return;
      this.#found.value = [];
      this.#failed.value = true;
    } finally {
      if (!signal.aborted) this.#busy.value = false;
    }
  }
}

/** @param {PipelineSummary} pipeline @returns {Found} */
const pipelineItem = (pipeline) => ({id: `pipeline ${pipeline.id}`, title: "Pipelines", label: pipeline.title || pipeline.name, icon: "pipelines", href: `/pipelines/${pipeline.id}`});

/** @param {RunMetadata} run @returns {Found} */
const runItem = (run) => ({
  id: `run ${run.id}`, title: "Runs", label: `${run.pipeline.name} #${run.number}`, icon: "runs", href: `/runs/${run.id}`,
  note: html`${status(run.status)}<span>${formatAgo(run.created_at)}</span>`,
});

Palette.define("cf-palette");

/** @param {App} app */
export function openPalette(app) {
  if (document.querySelector("dialog.pal")) return;
  const palette = Object.assign(document.createElement("cf-palette"), {app, close: () => {}});
  const {close} = openDialog(palette, {label: "Search and commands", style: "pal"});
  palette.close = () => close();
}
