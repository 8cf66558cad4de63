// What one asked to be told of, as far as it goes on now.

import {html, nothing} from "../../dom/html.js";
import {formatCount} from "../../model/format.js";
import {icon} from "../../parts/icon.js";
import "../../parts/time.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Notification} NotificationRow */

/** More lead to the page of all of them. */
const MOST = 3;
/** What is older than so many others goes on unseen here, and stands on that page. */
const READ = 100;

/** @param {App} app @param {AbortSignal} signal @returns {Promise<NotificationRow[]>} the newest first */
export async function openAlerts(app, signal) {
  const {data} = await app.api.listNotifications({limit: READ, signal});
  return data.items.filter((one) => one.closed_at === null);
}

/** @param {NotificationRow[]} open */
export function alertList(open) {
  if (open.length === 0) return nothing;
  return html`<section class="card going" aria-labelledby="going-on">
    <h2 id="going-on" class="row"><span class="st warn">${icon("warn", 15)}</span>${formatCount(open.length, "ongoing alert")}</h2>
    <ul>${open.slice(0, MOST).map(({text, run, pipeline, opened_at}) => html`<li><span class="grow">${text}</span>
      <span class="dim sm">since <cf-time .moment=${opened_at}></cf-time></span>
      ${run !== null ? html`<a class="link sm" href=${`/runs/${run}`} aria-label=${`Run: ${text}`}>Run</a>` : pipeline !== null ? html`<a class="link sm" href=${`/pipelines/${pipeline}`} aria-label=${`Pipeline: ${text}`}>Pipeline</a>` : nothing}</li>`)}</ul>
    ${open.length > MOST ? html`<p class="sm"><a class="link" href="/notifications">${formatCount(open.length - MOST, "more", "more")}</a></p>` : nothing}
  </section>`;
}
