// What alerts look at, and how that is asked for and said.

import {formatCost, formatCount, formatDuration} from "./format.js";

/** @typedef {import("../../Client/client.d.ts").Alert} Alert */
/** @typedef {import("../../Client/client.d.ts").AlertKind} AlertKind */

/** The kinds of alerts, with what each is for. */
export const ALERT_KINDS = Object.freeze([
  {value: "failure", text: "Runs fail"}, {value: "duration", text: "A run takes long"},
  {value: "cost", text: "A run costs much"}, {value: "silence", text: "Runs stop coming"},
]);

/** Units of time that an alert is asked in, with their milliseconds. */
export const UNITS = Object.freeze([
  {value: "1000", text: "seconds"}, {value: "60000", text: "minutes"}, {value: "3600000", text: "hours"}, {value: "86400000", text: "days"},
]);

const SPAN_LIMITS = {duration: {least: 1, most: 2_592_000_000}, silence: {least: 60_000, most: 31_536_000_000}};
const MOST_FAILURES = 100;
const MOST_DOLLARS = 1_000_000;

/**
 * A span of time in the largest unit that says it whole.
 * @param {number} ms
 * @returns {{amount: string, unit: string}}
 */
export function inUnits(ms) {
  const unit = UNITS.findLast(({value}) => ms % Number(value) === 0) ?? UNITS[0];
  const size = Number(unit?.value ?? 1000);
  return {amount: String(ms / size), unit: String(size)};
}

/**
 * The threshold that a form asks for, or what is wrong with it.
 * @param {string} kind
 * @param {string} amount
 * @param {string} unit
 * @returns {{threshold: Partial<Pick<Alert, "failures" | "duration_ms" | "cost_usd" | "silence_ms">>, wrong: string | null}}
 */
export function readThreshold(kind, amount, unit) {
  const value = amount.trim() === "" ? NaN : Number(amount);
  if (kind === "failure") {
    const isGood = Number.isInteger(value) && value >= 1 && value <= MOST_FAILURES;
    return {threshold: {failures: value}, wrong: isGood ? null : `A whole number from 1 to ${MOST_FAILURES}.`};
  }
  if (kind === "cost") {
    return {threshold: {cost_usd: value}, wrong: value >= 0.000001 && value <= MOST_DOLLARS ? null : "US dollars, more than nothing."};
  }
  const ms = Math.round(value * Number(unit));
  const {least, most} = kind === "duration" ? SPAN_LIMITS.duration : SPAN_LIMITS.silence;
  const wrong = ms >= least && ms <= most ? null : `From ${formatDuration(least)} to ${formatDuration(most)}.`;
  return {threshold: kind === "duration" ? {duration_ms: ms} : {silence_ms: ms}, wrong};
}

/** When an alert opens, in words. @param {Alert} alert */
export function alertWords(alert) {
  switch (alert.kind) {
    case "failure": return (alert.failures ?? 1) === 1 ? "A run failed" : `${formatCount(alert.failures, "run")} in a row failed`;
    case "duration": return `A run took longer than ${formatDuration(alert.duration_ms)}`;
    case "cost": return `A run cost more than ${formatCost(alert.cost_usd)}`;
    case "silence": return `No run began for ${formatDuration(alert.silence_ms)}`;
  }
}
