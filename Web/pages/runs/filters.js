// What the list of runs shows, as the address of the page says it and as the server is asked for it.

/** @typedef {"" | "running" | "failed" | "succeeded" | "cancelled"} StatusFilter */
/** @typedef {"" | "1h" | "24h" | "7d" | "30d"} Period */
/** @typedef {{pipeline: string, status: StatusFilter, trigger: string, period: Period}} Filters */

/** @type {{id: StatusFilter, label: string}[]} */
export const statuses = [{id: "", label: "All"}, {id: "running", label: "Running"}, {id: "failed", label: "Failed"}, {id: "succeeded", label: "Succeeded"}, {id: "cancelled", label: "Cancelled"}];

/** @type {{id: Period, label: string, ms: number}[]} */
export const periods = [{id: "", label: "Any time", ms: 0}, {id: "1h", label: "Last hour", ms: 3_600_000}, {id: "24h", label: "Last 24 hours", ms: 86_400_000},
  {id: "7d", label: "Last 7 days", ms: 604_800_000}, {id: "30d", label: "Last 30 days", ms: 2_592_000_000}];

export const triggers = [{id: "", label: "Any trigger"}, {id: "manual", label: "Manual"}, {id: "schedule", label: "Schedule"}, {id: "webhook", label: "Webhook"}];

/** What has not ended. @type {import("../../../Client/client.d.ts").RunStatus[]} */
const GOING = ["queued", "running", "waiting"];

/** @param {URLSearchParams} query @returns {Filters} */
export function readFilters(query) {
  const status = statuses.find(({id}) => id === query.get("status"))?.id ?? "";
  const period = periods.find(({id}) => id === query.get("time"))?.id ?? "";
  return {pipeline: (query.get("pipeline") ?? "").trim(), status, trigger: query.get("trigger") ?? "", period};
}

/** The address of the page with these filters; what is usual is left out. @param {Filters} filters */
export function pageAddress({pipeline, status, trigger, period}) {
  const query = new URLSearchParams();
  if (pipeline !== "") query.set("pipeline", pipeline);
  if (status !== "") query.set("status", status);
  if (trigger !== "") query.set("trigger", trigger);
  if (period !== "") query.set("time", period);
  const text = query.toString();
  return text === "" ? "/runs" : `/runs?${text}`;
}

/** The parameters of the list. @param {Filters} filters @param {number} now */
export function listRequest({pipeline, status, trigger, period}, now) {
  const ms = periods.find(({id}) => id === period)?.ms ?? 0;
  return {
    ...(pipeline === "" ? {} : {pipeline}),
    ...(status === "" ? {} : {status: status === "running" ? GOING : [status]}),
    ...(trigger === "" ? {} : {trigger}),
    ...(ms === 0 ? {} : {since: new Date(now - ms).toISOString()}),
  };
}

/** @param {Filters} filters */
export const isFiltered = ({pipeline, status, trigger, period}) => pipeline !== "" || status !== "" || trigger !== "" || period !== "";

/** Whether a run that an event tells of belongs in the list. @param {Filters} filters @param {{pipeline: {id: string|null, name: string}, status: string, trigger: string}} run */
export const fitsFilters = ({pipeline, status, trigger}, run) => (pipeline === "" || run.pipeline.id === pipeline || run.pipeline.name === pipeline)
  && (status === "" || (status === "running" ? GOING.includes(/** @type {any} */ (run.status)) : run.status === status)) && (trigger === "" || run.trigger === trigger);
