import {html, nothing} from "../../../dom/html.js";
import {avatar} from "../../../parts/avatar.js";
import {icon} from "../../../parts/icon.js";
import {openMenu} from "../../../parts/menu.js";
import {segmented} from "../../../parts/tabs.js";
import {savedView} from "./saved.js";

/**
 * @typedef {import("../draft/draft.js").Draft} Draft
 * @typedef {import("../draft/draft.js").Present} Present
 * @typedef {"canvas" | "list" | "yaml"} ViewName
 * @typedef {object} Actions
 * @property {(view: ViewName) => void} show
 * @property {(panel: string) => void} panel
 * @property {() => void} publish
 * @property {() => void} share
 * @property {() => void} run
 * @property {() => void} runAgain
 * @property {() => void} decide
 * @property {() => void} paste
 * @property {(action: "run" | "edit" | "publish" | "share") => boolean} can
 */

/** @type {{id: ViewName, label: string, icon: import("../../../parts/icon.js").IconName}[]} */
export const VIEWS = [
  {id: "canvas", label: "Canvas", icon: "layout"}, {id: "list", label: "List", icon: "list"}, {id: "yaml", label: "YAML", icon: "CODE"},
];

/** @param {Draft} draft @param {ViewName} view @param {Actions} actions */
export function barView(draft, view, actions) {
  const {model} = draft;
  const pipeline = draft.pipeline.value;
  const title = String(model.document.value.title || model.document.value.name || "Pipeline");
  const version = pipeline?.latest_version ?? null;
  return html`<nav class="crumbs grow" aria-label="Breadcrumb"><a href="/pipelines" class="hide-s">Pipelines</a><span class="hide-s">${icon("next", 12)}</span>
      <h1 class="h-sm trunc" title=${title}>${title}</h1>
      ${pipeline ? html`<button class="btn ghost sm ver" type="button" aria-label=${`Versions: ${version === null ? "never published" : `version ${version}`}, draft`} @click=${() => actions.panel("versions")}>
        ${version === null ? nothing : html`<span class="num">v${version}</span>`} <span class="tag">draft</span>${icon("down", 12)}</button>` : nothing}</nav>
    <div class="bviews">${segmented({label: "View", items: VIEWS, selected: view, onSelect: (id) => actions.show(/** @type {ViewName} */ (id))})}</div>
    <div class="row grow bact">
      ${savedView(model, actions.decide)}${presence(draft.people.value)}
      ${actions.can("share") ? html`<button class="btn hide-s" type="button" aria-label="Share" @click=${actions.share}>${icon("share")}<span class="hide-m">Share</span></button>` : nothing}
      ${model.canEdit ? html`<button class="btn hide-s" type="button" @click=${actions.publish}>Publish</button>` : nothing}
      ${actions.can("run") ? html`<span class="split"><button class="btn primary" type="button" @click=${actions.run}>${icon("play", 14)}Run</button>
        <button class="btn primary icon hide-s" type="button" aria-label="Run options" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => runMenu(event, draft, actions)}>${icon("down", 13)}</button></span>` : nothing}
      <button class="btn ghost icon more-b" type="button" aria-label="More" aria-haspopup="menu" @click=${(/** @type {Event} */ event) => moreMenu(event, draft, view, actions)}>${icon("more")}</button>
    </div>`;
}

/** @param {readonly Present[]} people */
function presence(people) {
  if (people.length === 0) return nothing;
  const names = people.map((person) => `${person.name ?? "Somebody"} (${person.mode})`).join(", ");
  return html`<span class="facepile" role="img" aria-label=${`Also here: ${names}`} title=${`Also here: ${names}`}>
    ${people.slice(0, 3).map((person) => html`<span aria-hidden="true">${avatar(person.name ?? "?")}</span>`)}${people.length > 3 ? html`<span class="ava" aria-hidden="true">+${people.length - 3}</span>` : nothing}</span>`;
}

/** @param {Event} event @param {Draft} draft @param {Actions} actions */
function runMenu(event, draft, actions) {
  const last = draft.model.lastRun.peek();
  openMenu(event.currentTarget, [
    {label: "Run with other input", icon: "play", run: actions.run},
    {label: "Run again with the last input", icon: "bolt", keys: "Ctrl Enter", run: actions.runAgain, disabled: !last, reason: last ? undefined : "There is no run whose input you may see"},
    last && {label: `Open run ${last.number}`, icon: "runs", href: `/runs/${last.id}`},
    {label: "All runs", icon: "list", href: `/runs?pipeline=${draft.pipeline.peek()?.id ?? ""}`},
    "-",
    {label: "Schedules and webhooks", icon: "clock", run: () => actions.panel("settings")},
  ], {label: "Run options"});
}

/** @param {Event} event @param {Draft} draft @param {ViewName} view @param {Actions} actions */
function moreMenu(event, draft, view, actions) {
  const {model} = draft;
  openMenu(event.currentTarget, [
    {caption: "View"}, ...VIEWS.map(({id, label}) => ({label, radio: true, checked: view === id, run: () => actions.show(id)})), "-",
    model.canEdit && {label: "Undo", icon: "undo", keys: "Ctrl Z", run: () => model.undo(), disabled: !model.canUndo.peek()},
    model.canEdit && {label: "Redo", icon: "redo", keys: "Ctrl Shift Z", run: () => model.redo(), disabled: !model.canRedo.peek()},
    model.canEdit && {label: "Paste steps", icon: "plus", run: actions.paste},
    model.canEdit && "-",
    {label: "Settings and inputs", icon: "settings", run: () => actions.panel("settings")},
    {label: "Versions", icon: "history", run: () => actions.panel("versions")},
    {label: "Comments", icon: "comment", run: () => actions.panel("comments")},
    model.canEdit && {label: "Publish", icon: "save", run: actions.publish},
    actions.can("share") && {label: "Share", icon: "share", run: actions.share},
  ], {label: "More"});
}
