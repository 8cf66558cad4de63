// A line across a page that something is wrong, doubtful or worth knowing. One action at most.
//
//   banner("warn", "One key expires in 6 days.", {action: {label: "Renew", run}})   also {label, href}

import {html, nothing} from "../dom/html.js";
import {icon} from "./icon.js";

/** @param {"bad" | "warn" | "info"} kind @param {unknown} text @param {{action?: {label: string, run?: () => void, href?: string}, isAlert?: boolean}} [options] */
export const banner = (kind, text, {action, isAlert = false} = {}) => html`<div class="banner ${kind}" role=${isAlert ? "alert" : null}>${icon(kind)}<div class="grow">${text}</div>
  ${!action ? nothing : action.href ? html`<a class="btn sm" href=${action.href}>${action.label}</a>` : html`<button type="button" class="btn sm" @click=${action.run}>${action.label}</button>`}</div>`;
