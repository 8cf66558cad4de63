// Icons: 16 by 16, drawn with lines in the colour of the text. They say nothing to screen readers; the word beside them does.
//
//   icon("plus")   icon("runs", 20)   icon("live", 14, "spin")   glyph("prompt", "sm")

import {html, svg} from "../dom/html.js";

/** @typedef {keyof typeof SHAPES | "logo"} IconName */

const SHAPES = {
  pipelines: svg`<rect x="2" y="2" width="5" height="5" rx="1.2"/><rect x="9" y="9" width="5" height="5" rx="1.2"/><path d="M7 4.5h2.5a2 2 0 0 1 2 2V9"/>`,
  runs: svg`<path d="M4.5 2.8v10.4L13 8z"/>`,
  monitor: svg`<path d="M2 13.5h12M4 11V8M8 11V4M12 11V6.5"/>`,
  templates: svg`<rect x="2" y="2.5" width="12" height="4" rx="1"/><rect x="2" y="9.5" width="5" height="4" rx="1"/><rect x="10" y="9.5" width="4" height="4" rx="1"/>`,
  models: svg`<rect x="4" y="4" width="8" height="8" rx="1.5"/><path d="M6.5 1.8V4M9.5 1.8V4M6.5 12v2.2M9.5 12v2.2M1.8 6.5H4M1.8 9.5H4M12 6.5h2.2M12 9.5h2.2"/>`,
  files: svg`<path d="M1.8 12.2V4a1 1 0 0 1 1-1h3.4l1.6 1.8h5.4a1 1 0 0 1 1 1v6.4a1 1 0 0 1-1 1H2.8a1 1 0 0 1-1-1z"/>`,
  settings: svg`<circle cx="8" cy="8" r="2.1"/><path d="M8 1.6v1.9M8 12.5v1.9M1.6 8h1.9M12.5 8h1.9M3.5 3.5l1.3 1.3M11.2 11.2l1.3 1.3M12.5 3.5l-1.3 1.3M4.8 11.2l-1.3 1.3"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.3 3.3"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  minus: svg`<path d="M3 8h10"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  check: svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`,
  next: svg`<path d="m6 3.5 4.5 4.5L6 12.5"/>`,
  down: svg`<path d="m3.5 6 4.5 4.5L12.5 6"/>`,
  more: svg`<circle cx="3.2" cy="8" r=".7" fill="currentColor"/><circle cx="8" cy="8" r=".7" fill="currentColor"/><circle cx="12.8" cy="8" r=".7" fill="currentColor"/>`,
  play: svg`<path d="M5 3.2v9.6L12.6 8z" fill="currentColor"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx="1.2"/>`,
  retry: svg`<path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.2v2.9h-2.9"/>`,
  ok: svg`<circle cx="8" cy="8" r="6"/><path d="m5.4 8.2 1.9 1.9 3.4-3.9"/>`,
  bad: svg`<circle cx="8" cy="8" r="6"/><path d="m6 6 4 4M10 6l-4 4"/>`,
  warn: svg`<path d="M8 2.2 14.3 13H1.7zM8 6.4v3M8 11.2v.1"/>`,
  live: svg`<path d="M8 2a6 6 0 1 1-6 6" />`,
  idle: svg`<circle cx="8" cy="8" r="6" stroke-dasharray="2.4 2.3"/>`,
  skip: svg`<circle cx="8" cy="8" r="6"/><path d="M5.5 8h5"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.3v3.6M8 5v.1"/>`,
  PROMPT: svg`<path d="M8 2.2c.5 3.2 2.2 4.9 5.4 5.4v.8C10.2 8.9 8.5 10.6 8 13.8c-.5-3.2-2.2-4.9-5.4-5.4v-.8C5.8 7.1 7.5 5.4 8 2.2z"/>`,
  CODE: svg`<path d="M5.2 4.5 1.8 8l3.4 3.5M10.8 4.5 14.2 8l-3.4 3.5M9.2 3.2 6.8 12.8"/>`,
  FILE: svg`<path d="M9.5 1.8H4.3a1 1 0 0 0-1 1v10.4a1 1 0 0 0 1 1h7.4a1 1 0 0 0 1-1V5zM9.3 2v3.2h3.3M5.8 8.5h4.4M5.8 11h3"/>`,
  API: svg`<circle cx="8" cy="8" r="6"/><path d="M2.2 8h11.6M8 2c2.2 1.8 2.6 4 2.6 6S10.2 12.2 8 14C5.8 12.2 5.4 10 5.4 8S5.8 3.8 8 2z"/>`,
  CONDITION: svg`<path d="M8 14V9.5M8 9.5 3.5 6V2.5M8 9.5 12.5 6V2.5M1.8 4.2l1.7-1.7 1.7 1.7M10.8 4.2l1.7-1.7 1.7 1.7"/>`,
  TRANSFORM: svg`<path d="M2 5h9.5M9 2.5 11.5 5 9 7.5M14 11H4.5M7 8.5 4.5 11 7 13.5"/>`,
  INPUT: svg`<path d="M2 8h8M7 4.8 10.2 8 7 11.2M10.5 2.5h2a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-2"/>`,
  undo: svg`<path d="M5.5 3 2.5 6l3 3M2.8 6h6.7a3.7 3.7 0 0 1 0 7.4H6"/>`,
  redo: svg`<path d="m10.5 3 3 3-3 3M13.2 6H6.5a3.7 3.7 0 0 0 0 7.4H10"/>`,
  fit: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>`,
  layout: svg`<rect x="5.5" y="1.8" width="5" height="3.4" rx="1"/><rect x="1.5" y="10.8" width="5" height="3.4" rx="1"/><rect x="9.5" y="10.8" width="5" height="3.4" rx="1"/><path d="M8 5.2v2.9M4 10.8V9a.9.9 0 0 1 .9-.9h6.2a.9.9 0 0 1 .9.9v1.8"/>`,
  list: svg`<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4v.1M2.5 8v.1M2.5 12v.1"/>`,
  grid: svg`<rect x="2.5" y="2.5" width="4.5" height="4.5" rx="1"/><rect x="9" y="2.5" width="4.5" height="4.5" rx="1"/><rect x="2.5" y="9" width="4.5" height="4.5" rx="1"/><rect x="9" y="9" width="4.5" height="4.5" rx="1"/>`,
  share: svg`<circle cx="12" cy="3.5" r="1.7"/><circle cx="4" cy="8" r="1.7"/><circle cx="12" cy="12.5" r="1.7"/><path d="m5.5 7.2 5-2.9M5.5 8.8l5 2.9"/>`,
  history: svg`<path d="M2.2 8a5.8 5.8 0 1 0 1.7-4.1L2.3 5.5M2.2 2.5v3.1h3.1M8 5v3.2l2.2 1.3"/>`,
  star: svg`<path d="m8 2 1.9 3.9 4.2.6-3 3 .7 4.2L8 11.7l-3.8 2 .7-4.2-3-3 4.2-.6z"/>`,
  key: svg`<circle cx="5" cy="11" r="2.8"/><path d="m7 9 6-6M10.5 5.5l2 2"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="6.8" rx="1.3"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2"/>`,
  users: svg`<circle cx="6" cy="5" r="2.3"/><path d="M1.8 13.2c.3-2.4 2-3.7 4.2-3.7s3.9 1.3 4.2 3.7M10.5 3a2.2 2.2 0 0 1 0 4M12 9.8c1.3.6 2 1.7 2.2 3.4"/>`,
  link: svg`<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.7.7M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.7-.7"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.3"/><path d="M3.5 10.5h-.2a.8.8 0 0 1-.8-.8V3.3a.8.8 0 0 1 .8-.8h6.4a.8.8 0 0 1 .8.8v.2"/>`,
  download: svg`<path d="M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.8 13.5h10.4"/>`,
  upload: svg`<path d="M8 10.7v-8M4.8 5.7 8 2.5l3.2 3.2M2.8 13.5h10.4"/>`,
  trash: svg`<path d="M2.8 4.3h10.4M6 4.3V2.5h4v1.8M4.2 4.3l.6 9.2h6.4l.6-9.2"/>`,
  bolt: svg`<path d="M9 1.8 3.2 9.2h4L6.8 14.2l6-7.4H8.6z"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.3 1.5"/>`,
  coin: svg`<circle cx="8" cy="8" r="6"/><path d="M9.9 6c-.3-.7-1-1.1-1.9-1.1-1.1 0-1.9.6-1.9 1.5 0 2.1 3.8 1 3.8 3.1 0 .9-.8 1.6-1.9 1.6-1 0-1.7-.4-2-1.2M8 3.8v1.1M8 11.1v1.1"/>`,
  token: svg`<path d="M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.5 5 8 8.2 13.5 5M8 8.2v6"/>`,
  bell: svg`<path d="M3.5 11.5c.8-.8 1-1.6 1-4a3.5 3.5 0 0 1 7 0c0 2.4.2 3.2 1 4zM6.7 13.8h2.6"/>`,
  filter: svg`<path d="M2 3.5h12M4.5 8h7M6.8 12.5h2.4"/>`,
  diff: svg`<path d="M5 2v8M2.5 4.5h5M2.5 13h5M11 2v12M13.5 6 11 3.5M8.5 6 11 3.5"/>`,
  eye: svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>`,
  edit: svg`<path d="m10.8 2.6 2.6 2.6L5.5 13.1l-3.2.6.6-3.2z"/>`,
  menu: svg`<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>`,
  keyboard: svg`<rect x="1.5" y="4" width="13" height="8.5" rx="1.5"/><path d="M4 6.8v.1M6.7 6.8v.1M9.3 6.8v.1M12 6.8v.1M5 9.8h6"/>`,
  hand: svg`<path d="M8 1.8v12.4M1.8 8h12.4M6 3.8l2-2 2 2M6 12.2l2 2 2-2M3.8 6l-2 2 2 2M12.2 6l2 2-2 2"/>`,
  save: svg`<path d="M3.3 2.5h7.5l2.7 2.7v7.5a.8.8 0 0 1-.8.8H3.3a.8.8 0 0 1-.8-.8V3.3a.8.8 0 0 1 .8-.8zM5.2 2.7v3h5v-3M5 13.3V9.5h6v3.8"/>`,
  split: svg`<rect x="2" y="2.5" width="12" height="11" rx="1.3"/><path d="M8 2.5v11"/>`,
  cache: svg`<ellipse cx="8" cy="4" rx="5.2" ry="2"/><path d="M2.8 4v8c0 1.1 2.3 2 5.2 2s5.2-.9 5.2-2V4M2.8 8c0 1.1 2.3 2 5.2 2s5.2-.9 5.2-2"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`,
  previous: svg`<path d="M10 3.5 5.5 8l4.5 4.5"/>`,
  upwards: svg`<path d="M3.5 10 8 5.5l4.5 4.5"/>`,
  folder: svg`<path d="M1.8 12.2V4a1 1 0 0 1 1-1h3.4l1.6 1.8h5.4a1 1 0 0 1 1 1v6.4a1 1 0 0 1-1 1H2.8a1 1 0 0 1-1-1z"/>`,
  signout: svg`<path d="M6.5 13.5H3.3a.8.8 0 0 1-.8-.8V3.3a.8.8 0 0 1 .8-.8h3.2M10.5  11 13.5  8l-3-3M13.2  8H6.3"/>`,
  comment: svg`<path d="M2.5 3.5h11v7.5H7.5L4.5 13.5V11h-2z"/>`,
  offline: svg`<path d="M2 2l12 12M4.9 9.3A4.5 4.5 0 0 1 7.4 8M2.7 6.8A7.6 7.6 0 0 1 5.3 5M9.8 8.5c.5.2.9.5 1.3.8M7.9 4.2a7.6 7.6 0 0 1 5.4 2.6M8 12.3v.1"/>`,
  contrast: svg`<circle cx="8" cy="8" r="6"/><path d="M8 2v12a6 6 0 0 0 0-12z" fill="currentColor"/>`,
  external: svg`<path d="M9.5 2.5h4v4M13.2 2.8 7.5 8.5M11.5 9v3.7a.8.8 0 0 1-.8.8H3.3a.8.8 0 0 1-.8-.8V5.3a.8.8 0 0 1 .8-.8H7"/>`,
  drag: svg`<path d="M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1"/>`,
};

const logo = svg`<rect x="1" y="1" width="22" height="22" rx="6.5" fill="#0b2a37"/><path d="M6 8.2h5.2A2.8 2.8 0 0 1 14 11v2a2.8 2.8 0 0 0 2.8 2.8H18" stroke="#22d3ee" stroke-width="2" stroke-linecap="round"/><circle cx="6.5" cy="8.2" r="2.3" fill="#67e8f9"/><circle cx="17.5" cy="15.8" r="2.3" fill="#67e8f9"/>`;

/**
 * An icon by its name.
 * @param {IconName} name
 * @param {number} [size] in px
 * @param {string} [style] further classes
 */
export const icon = (name, size = 16, style = "") => name === "logo"
  ? html`<svg class=${style} width=${size} height=${size} viewBox="0 0 24 24" fill="none" aria-hidden="true">${logo}</svg>`
  : html`<svg class=${style} width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SHAPES[name]}</svg>`;

/** Whether there is an icon of that name. @param {string} name @returns {name is IconName} */
export const isIcon = (name) => name === "logo" || Object.hasOwn(SHAPES, name);

const STEP_TYPES = ["PROMPT", "CODE", "FILE", "API", "CONDITION", "TRANSFORM", "INPUT"];

/** The tile of a step type; "input" is the one of the inputs of a run. @param {string} type @param {"" | "sm" | "lg"} [size] */
export function glyph(type, size = "") {
  const known = STEP_TYPES.includes(type.toUpperCase()) ? type.toUpperCase() : "";
  return html`<span class="glyph t-${known || "other"} ${size}" aria-hidden="true">${icon(isIcon(known) ? known : "idle", 14)}</span>`;
}
