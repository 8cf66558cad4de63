// Where there is nothing to show: what would be here, why it is not, and what to do.
//
//   emptyView({icon: "runs", title: "No runs yet", text: "…", actions: html`<a class="btn primary" …>`})

import {html, nothing} from "../dom/html.js";
import {icon as iconView} from "./icon.js";

/** @param {{icon?: import("./icon.js").IconName, picture?: unknown, title: string, text?: unknown, actions?: unknown}} options */
export const emptyView = ({icon, picture, title, text, actions}) => html`<div class="empty">
  ${picture ?? (icon ? html`<span class="dim">${iconView(icon, 24)}</span>` : nothing)}
  <h2>${title}</h2>${text ? html`<p>${text}</p>` : nothing}${actions ? html`<div class="row wrap">${actions}</div>` : nothing}</div>`;
