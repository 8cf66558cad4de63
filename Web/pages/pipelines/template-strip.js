import {html, nothing} from "../../dom/html.js";
import {chain} from "../../parts/chain.js";

/** @typedef {import("../../../Client/client.d.ts").TemplateSummary} TemplateSummary */

/** A few templates below the list. @param {TemplateSummary[]} templates */
export function templateStrip(templates) {
  if (templates.length === 0) return nothing;
  return html`<section class="tpl-strip" aria-labelledby="strip-title">
    <div class="row"><h2 id="strip-title">Start from a template</h2><a class="link sm end" href="/templates">All templates</a></div>
    <ul>${templates.map(({name, title, description, steps}) => html`<li><a class="card" href=${`/templates/${encodeURIComponent(name)}`}>
      ${chain(steps.map(({type}) => type))}<h3>${title}</h3><p>${description ?? ""}</p></a></li>`)}</ul></section>`;
}
