// One template in the gallery.
import {html, nothing} from "../../dom/html.js";
import {formatCount} from "../../model/format.js";
import {chain} from "../../parts/chain.js";
import {icon} from "../../parts/icon.js";
import {categoryWord} from "./categories.js";

/** @typedef {import("../../../Client/client.d.ts").TemplateSummary} TemplateSummary */

/** What a recording means, in a sentence. */
export const recordedMeans = "Its sample runs on recorded answers: no model is asked.";

/** @param {TemplateSummary} template */
export function templateTile({name, title, description, category, steps, parameters, recorded, source}) {
  const prompts = steps.filter(({type}) => type === "prompt").length;
  return html`<li class="card tile tpl"><a class="cover" href=${`/templates/${encodeURIComponent(name)}`} aria-label=${`${title}, ${formatCount(steps.length, "step")}`}></a>
    <div class="row">${chain(steps.map(({type}) => type))}<span class="tag end">${categoryWord(category)}</span></div>
    <div class="tx"><h2 class="trunc">${title}</h2><p>${description ?? ""}</p></div>
    <div class="row wrap sm dim"><span>${formatCount(steps.length, "step")}</span><span>·</span><span>${prompts === 0 ? "no model" : formatCount(prompts, "prompt")}</span><span>·</span>
      <span>${formatCount(parameters.length, "input")}</span>
      ${recorded ? html`<span class="recorded end" title=${recordedMeans}>${icon("cache", 13)}Recorded sample</span>` : source === "published" ? html`<span class="end">Published here</span>` : nothing}</div></li>`;
}
