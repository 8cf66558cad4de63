// Numbers, times, sizes and money as people read them. Thin spaces part groups and units; what is unknown is "–".

export const UNKNOWN = "–";

const THIN = "\u202f";

/** @typedef {number | null | undefined} Maybe */

const isKnown = (/** @type {Maybe} */ value) => typeof value === "number" && Number.isFinite(value);

/** Making what formats takes a hundred times as long as formatting does. @template F @param {(what: number) => F} make */
function kept(make) {
  /** @type {Map<number, F>} */
  const made = new Map();
  return (what = 0) => {
    const form = made.get(what) ?? make(what);
    made.set(what, form);
    return form;
  };
}

const number = kept((digits) => new Intl.NumberFormat("en-US", {maximumFractionDigits: digits}));
const cents = kept(() => new Intl.NumberFormat("en-US", {minimumFractionDigits: 2, maximumFractionDigits: 2}));
const date = kept(() => new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric"}));
const clock = kept(() => new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", second: "2-digit"}));

/** 3,412 @param {Maybe} value @param {number} [digits] after the point, at most */
export const formatNumber = (value, digits = 0) => isKnown(value) ? number(digits).format(Number(value)) : UNKNOWN;

/** 97.2 % of 0.972 @param {Maybe} share @param {number} [digits] */
export const formatPercent = (share, digits = 1) => isKnown(share) ? `${formatNumber(Number(share) * 100, digits)}${THIN}%` : UNKNOWN;

/** 840 ms, 6.4 s, 2 min 10 s, 1 h 05 min, 3 d 4 h @param {Maybe} ms */
export function formatDuration(ms) {
  if (!isKnown(ms)) return UNKNOWN;
  const value = Math.max(0, Number(ms));
  if (value < 1000) return `${Math.round(value)}${THIN}ms`;
  if (value < 9950) return `${(value / 1000).toFixed(1)}${THIN}s`;
  const seconds = Math.round(value / 1000);
  if (seconds < 60) return `${seconds}${THIN}s`;
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  if (seconds < 3600) return seconds % 60 === 0 ? `${seconds / 60}${THIN}min` : `${Math.floor(seconds / 60)}${THIN}min ${two(seconds % 60)}${THIN}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return minutes % 60 === 0 ? `${minutes / 60}${THIN}h` : `${Math.floor(minutes / 60)}${THIN}h ${two(minutes % 60)}${THIN}min`;
  const hours = Math.round(minutes / 60);
  return hours % 24 === 0 ? `${hours / 24}${THIN}d` : `${Math.floor(hours / 24)}${THIN}d ${hours % 24}${THIN}h`;
}

/** 512 B, 1.5 KB, 12 MB @param {Maybe} bytes */
export function formatSize(bytes) {
  if (!isKnown(bytes)) return UNKNOWN;
  let value = Number(bytes);
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) { value /= 1000; unit += 1; }
  return `${unit === 0 || Math.abs(value) >= 9.95 ? Math.round(value) : Math.round(value * 10) / 10}${THIN}${units[unit]}`;
}

/** $0.06, $41.82, $0.0004, less than $0.0001 @param {Maybe} dollars */
export function formatCost(dollars) {
  if (!isKnown(dollars)) return UNKNOWN;
  const value = Number(dollars);
  if (value === 0) return "$0";
  if (Math.abs(value) < 0.0001) return "under $0.0001";
  if (Math.abs(value) < 0.01) return `$${value.toFixed(4).replace(/0+$/, "")}`;
  return `$${cents().format(value)}`;
}

/** 812, 12.4 k, 3.1 M, for where the exact number matters less @param {Maybe} value */
export function formatCompact(value) {
  if (!isKnown(value)) return UNKNOWN;
  let rest = Number(value);
  const units = ["", "k", "M", "G"];
  let unit = 0;
  while (Math.abs(rest) >= 999.5 && unit < units.length - 1) { rest /= 1000; unit += 1; }
  return unit === 0 ? formatNumber(rest) : `${formatNumber(rest, Math.abs(rest) < 99.95 ? 1 : 0)}${THIN}${units[unit]}`;
}

/** 2 runs, 1 run @param {Maybe} count @param {string} one @param {string} [many] */
export const formatCount = (count, one, many = `${one}s`) => `${formatNumber(count)} ${count === 1 ? one : many}`;

const MINUTE = 60_000;
const DAY = 86_400_000;

/** just now, 14 min ago, 2 h ago, yesterday, 5 days ago; after 7 days the date @param {string | number | Date | null | undefined} moment @param {number} [now] */
export function formatAgo(moment, now = Date.now()) {
  const time = toTime(moment);
  if (time === null) return UNKNOWN;
  const past = now - time;
  if (past < -MINUTE) return formatUntil(-past) ?? formatDate(time);
  if (past < 45_000) return "just now";
  if (past < 59.5 * MINUTE) return `${Math.max(1, Math.round(past / MINUTE))}${THIN}min ago`;
  if (past < 23.5 * 60 * MINUTE) return `${Math.round(past / 60 / MINUTE)}${THIN}h ago`;
  const days = Math.round(past / DAY);
  if (days <= 1) return "yesterday";
  return days <= 7 ? `${days} days ago` : formatDate(time);
}

/** @param {number} ms */
function formatUntil(ms) {
  if (ms < 59.5 * MINUTE) return `in ${Math.round(ms / MINUTE)}${THIN}min`;
  if (ms < 23.5 * 60 * MINUTE) return `in ${Math.round(ms / 60 / MINUTE)}${THIN}h`;
  const days = Math.round(ms / DAY);
  if (days <= 1) return "tomorrow";
  return days <= 7 ? `in ${days} days` : null;
}

/** 14 Mar 2026 @param {string | number | Date | null | undefined} moment */
export function formatDate(moment) {
  const time = toTime(moment);
  return time === null ? UNKNOWN : date().format(time);
}

/** 14 Mar 2026, 16:05:09, in the time zone of the reader @param {string | number | Date | null | undefined} moment */
export function formatMoment(moment) {
  const time = toTime(moment);
  return time === null ? UNKNOWN : `${formatDate(time)}, ${formatClock(time)}`;
}

/** 16:05:09 @param {string | number | Date | null | undefined} moment */
export function formatClock(moment) {
  const time = toTime(moment);
  return time === null ? UNKNOWN : clock().format(time);
}

/** @param {string | number | Date | null | undefined} moment */
function toTime(moment) {
  if (moment === null || moment === undefined) return null;
  const time = moment instanceof Date ? moment.getTime() : new Date(moment).getTime();
  return Number.isNaN(time) ? null : time;
}
