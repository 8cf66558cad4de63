// What a step was given, as its type wants it: the prompt of a model, the request of an API call, the code of a program.

import {html, nothing} from "../../dom/html.js";
import {codeBlock} from "../../parts/code.js";

/** @typedef {{[name: string]: any}} Given */

/** The name of the tab, or null where the type has none. @param {string} type */
export const requestLabel = (type) => ({prompt: "Prompt", api: "Request", code: "Code"})[type] ?? null;

/** @param {string} type @param {Given} given */
export function requestView(type, given) {
  if (type === "prompt") return promptView(given);
  if (type === "api") return apiView(given);
  return html`${codeBlock(String(given.code ?? ""), String(given.language ?? ""))}${given.inputs ? html`<h3 class="sub">Inputs</h3><cf-json .value=${given.inputs} .label=${"Inputs of the code"}></cf-json>` : nothing}`;
}

/** @param {Given} given */
function promptView(given) {
  const messages = [...(given.system ? [{role: "system", content: given.system}] : []), ...(Array.isArray(given.messages) ? given.messages : []),
    ...(given.prompt !== undefined ? [{role: "user", content: given.prompt}] : [])];
  return html`<p class="sm muted">${given.model ? html`Sent to <code>${String(given.model)}</code>` : nothing}</p>
    ${messages.map((message) => html`<section class="message"><h3 class="sub">${message.role}</h3><pre class="code plain">${typeof message.content === "string" ? message.content : JSON.stringify(message.content, null, 2)}</pre></section>`)}`;
}

/** @param {Given} given */
function apiView(given) {
  const body = ["json", "form", "text", "file"].find((name) => given[name] !== undefined && given[name] !== null);
  const headers = Object.entries(given.headers ?? {});
  const query = Object.entries(given.query ?? {});
  return html`<p><b class="mono">${String(given.method ?? "GET")}</b> <span class="mono">${String(given.url ?? "")}</span></p>
    ${pairs("Query", query)}${pairs("Headers", headers)}
    ${body ? html`<h3 class="sub">Body, ${body}</h3>${typeof given[body] === "string" ? html`<pre class="code plain">${given[body]}</pre>` : html`<cf-json .value=${given[body]} .label=${"Body of the request"}></cf-json>`}` : nothing}`;
}

/** @param {string} label @param {[string, unknown][]} entries */
const pairs = (label, entries) => entries.length === 0 ? nothing : html`<h3 class="sub">${label}</h3><table class="tbl values"><caption class="sr">${label}</caption>
  <thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>${entries.map(([name, value]) => html`<tr><td class="mono">${name}</td><td class="mono">${typeof value === "string" ? value : JSON.stringify(value)}</td></tr>`)}</tbody></table>`;
