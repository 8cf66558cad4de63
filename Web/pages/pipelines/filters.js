// What the list of pipelines shows, as the address of the page says it and as the server is asked for it. The address is
// the only place where it is kept: a link, the back button and a reload give the same list.

/** @typedef {"all" | "mine" | "shared" | "public"} Scope */
/** @typedef {"-last_run" | "name" | "-updated" | "-created" | "relevance"} Sort */
/** @typedef {{q: string, tag: string, scope: Scope, favourite: boolean, sort: Sort}} Filters */

/** The orders one can choose, with their words. @type {{value: Sort, label: string}[]} */
export const sorts = [
  {value: "-last_run", label: "Recently run"},
  {value: "-updated", label: "Recently changed"},
  {value: "-created", label: "Newest"},
  {value: "name", label: "Name"},
];

/** Best match is an order only where there is something to match. @type {{value: Sort, label: string}} */
export const byRelevance = {value: "relevance", label: "Best match"};

/** @type {{id: Scope, label: string}[]} */
export const scopes = [
  {id: "all", label: "All"},
  {id: "mine", label: "Mine"},
  {id: "shared", label: "Shared"},
];

/** The order where none is chosen. @param {string} q @returns {Sort} */
export function usualSort(q) {
  return q === "" ? "-last_run" : "relevance";
}

/** @param {URLSearchParams} query @returns {Filters} */
export function readFilters(query) {
  const q = (query.get("q") ?? "").trim();
  const asked = query.get("sort");
  const known = [...sorts, ...(q === "" ? [] : [byRelevance])].find((sort) => sort.value === asked);
  const visibility = query.get("visibility");
  return {
    q,
    tag: query.get("tag") ?? "",
    scope: query.get("owner") === "me" ? "mine" : visibility === "shared" || visibility === "public" ? visibility : "all",
    favourite: query.get("favourite") === "1",
    sort: known?.value ?? usualSort(q),
  };
}

/** The address of the page with these filters; what is usual is left out. @param {Filters} filters */
export function pageAddress({q, tag, scope, favourite, sort}) {
  const query = new URLSearchParams();
  if (q !== "") query.set("q", q);
  if (tag !== "") query.set("tag", tag);
  if (scope === "mine") query.set("owner", "me");
  if (scope === "shared" || scope === "public") query.set("visibility", scope);
  if (favourite) query.set("favourite", "1");
  if (sort !== usualSort(q) && !(sort === "relevance" && q === "")) query.set("sort", sort);
  const text = query.toString();
  return text === "" ? "/pipelines" : `/pipelines?${text}`;
}

/** The parameters of the list. @param {Filters} filters */
export function listRequest({q, tag, scope, favourite, sort}) {
  return {
    sort,
    ...(q === "" ? {} : {q}),
    ...(tag === "" ? {} : {tag}),
    ...(scope === "mine" ? {owner: "me"} : {}),
    ...(scope === "shared" || scope === "public" ? {visibility: scope} : {}),
    ...(favourite ? {favourite: true} : {}),
  };
}

/** Whether anything is left out. @param {Filters} filters */
export function isNarrowed({q, tag, scope, favourite}) {
  return q !== "" || tag !== "" || scope !== "all" || favourite;
}
