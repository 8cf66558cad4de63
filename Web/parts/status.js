// How a run or step stands, as icon and word; never colour alone.
//
//   status("running")                    icon and word
//   status("failed", {pill: true})       on a tinted ground
//   status("succeeded", {label: ""})     the word is for screen readers alone
//   statusTone("failed")                 "bad": the class for colour elsewhere

import {html} from "../dom/html.js";
import {icon} from "./icon.js";

/** @type {Record<string, {tone: "ok" | "bad" | "live" | "idle" | "warn", icon: import("./icon.js").IconName, word: string}>} */
const STATUSES = {
  succeeded: {tone: "ok", icon: "ok", word: "Succeeded"},
  failed: {tone: "bad", icon: "bad", word: "Failed"},
  running: {tone: "live", icon: "live", word: "Running"},
  queued: {tone: "idle", icon: "idle", word: "Queued"},
  waiting: {tone: "idle", icon: "idle", word: "Waiting"},
  paused: {tone: "idle", icon: "pause", word: "Paused"},
  skipped: {tone: "idle", icon: "skip", word: "Skipped"},
  cancelled: {tone: "idle", icon: "skip", word: "Cancelled"},
  cached: {tone: "ok", icon: "cache", word: "Cached"},
  retrying: {tone: "warn", icon: "retry", word: "Retrying"},
};

/** @param {string} name */
const known = (name) => STATUSES[name] ?? {tone: "idle", icon: "idle", word: name};

/** @param {string} name @param {{pill?: boolean, label?: string}} [options] */
export function status(name, {pill = false, label} = {}) {
  const {tone, icon: shape, word} = known(name);
  return html`<span class="st ${tone} ${pill ? "pill" : ""}">${icon(shape, 14, name === "running" ? "spin" : "")}<span class=${label === "" ? "sr" : null}>${label || word}</span></span>`;
}

/** The word for how a run stands: one that somebody paused waits for that person. @param {{status: string, paused?: boolean}} run */
export const runStatusName = ({status: name, paused = false}) => (paused && ["queued", "running", "waiting"].includes(name) ? "paused" : name);

/** @param {string} name */
export const statusTone = (name) => known(name).tone;

/** @param {string} name */
export const statusWord = (name) => known(name).word;
