// Which route an address is of. Nothing here needs a browser.

/**
 * The parts of a path that a route leaves open, or null where it is of another.
 * @param {string} pattern `/pipelines/:id`
 * @param {string} path
 * @returns {Record<string, string> | null}
 */
export function matchPath(pattern, path) {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/+$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  /** @type {Record<string, string>} */
  const params = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(":")) {
      if (given[index] === "") return null;
      try {
        params[part.slice(1)] = decodeURIComponent(given[index]);
      } catch {
        return null;
      }
    } else if (part !== given[index]) return null;
  }
  return params;
}

/**
 * The first route of the path; a route without open parts goes before one with.
 * @template {{path: string}} R @param {R[]} routes @param {string} path
 * @returns {{route: R, params: Record<string, string>} | null}
 */
export function findRoute(routes, path) {
  const exact = routes.find((route) => !route.path.includes(":") && matchPath(route.path, path));
  if (exact) return {route: exact, params: {}};
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params) return {route, params};
  }
  return null;
}

/** The former params where the new ones say the same, so that who read them is told of no change.
 * @param {Record<string, string>} before @param {Record<string, string>} next */
export function keptParams(before, next) {
  const names = Object.keys(next);
  return names.length === Object.keys(before).length && names.every((name) => before[name] === next[name]) ? before : next;
}

/** The same for what follows the path. @param {URLSearchParams} before @param {URLSearchParams} next */
export const keptQuery = (before, next) => (String(before) === String(next) ? before : next);

/** A path of this site to come back to, or the start: a link from elsewhere leads nowhere else. @param {string | null} next */
export function safeNext(next) {
  if (!next || !/^\/(?![/\\])/.test(next)) return "/";
  const url = new URL(next, "http://here.invalid");
  return url.host === "here.invalid" && !/^\/(?:signin|setup|join|api|ui)(?:\/|$)/.test(url.pathname) ? url.pathname + url.search + url.hash : "/";
}
