// Every address of the UI, with the module and the element that shows it. A page is loaded when it is first opened.

/**
 * @typedef {object} Route
 * @property {string} name
 * @property {string} path with :names for what differs
 * @property {string} title of the page, until it says a better one
 * @property {"pipelines" | "runs" | "monitor" | "templates" | "files" | "models" | "notifications" | "settings" | ""} nav which entry of the rail it belongs to
 * @property {() => Promise<unknown>} load
 * @property {string} tag
 * @property {boolean} [compact] the rail shows icons alone
 * @property {boolean} [public] may be seen without being signed in, and has no rail
 */

const signin = () => import("../pages/signin/signin.js");
const builder = () => import("../pages/builder/builder.js");
const settings = () => import("../pages/settings/settings.js");

/** @type {Route[]} */
export const routes = [
  {name: "pipelines", path: "/pipelines", title: "Pipelines", nav: "pipelines", load: () => import("../pages/pipelines/pipelines.js"), tag: "cf-pipelines"},
  {name: "trash", path: "/pipelines/trash", title: "Trash", nav: "pipelines", load: () => import("../pages/pipelines/trash.js"), tag: "cf-trash"},
  {name: "builder", path: "/pipelines/:id", title: "Pipeline", nav: "pipelines", load: builder, tag: "cf-builder", compact: true},
  {name: "compare", path: "/pipelines/:id/versions/:a/diff/:b", title: "Compare versions", nav: "pipelines", load: () => import("../pages/compare/compare.js"), tag: "cf-compare"},
  {name: "shared", path: "/shared", title: "Shared pipeline", nav: "pipelines", load: () => import("../pages/shared/shared.js"), tag: "cf-shared", public: true},
  {name: "runs", path: "/runs", title: "Runs", nav: "runs", load: () => import("../pages/runs/runs.js"), tag: "cf-runs"},
  {name: "run", path: "/runs/:id", title: "Run", nav: "runs", load: () => import("../pages/run/run.js"), tag: "cf-run", compact: true},
  {name: "templates", path: "/templates", title: "Templates", nav: "templates", load: () => import("../pages/templates/templates.js"), tag: "cf-templates"},
  {name: "template", path: "/templates/:name", title: "Template", nav: "templates", load: () => import("../pages/templates/template.js"), tag: "cf-template-page"},
  {name: "monitor", path: "/monitor", title: "Monitor", nav: "monitor", load: () => import("../pages/monitor/monitor.js"), tag: "cf-monitor"},
  {name: "files", path: "/files", title: "Files", nav: "files", load: () => import("../pages/files/files.js"), tag: "cf-files"},
  {name: "models", path: "/models", title: "Models and secrets", nav: "models", load: () => import("../pages/models/models.js"), tag: "cf-models"},
  {name: "notifications", path: "/notifications", title: "Notifications", nav: "notifications", load: () => import("../pages/notifications/notifications.js"), tag: "cf-notifications"},
  {name: "settings", path: "/settings", title: "Settings", nav: "settings", load: settings, tag: "cf-settings"},
  {name: "settings", path: "/settings/:section", title: "Settings", nav: "settings", load: settings, tag: "cf-settings"},
  {name: "signin", path: "/signin", title: "Sign in", nav: "", load: signin, tag: "cf-signin", public: true},
  {name: "setup", path: "/setup", title: "Make the first account", nav: "", load: () => import("../pages/signin/setup.js"), tag: "cf-setup", public: true},
  {name: "join", path: "/join", title: "Join", nav: "", load: () => import("../pages/signin/join.js"), tag: "cf-join", public: true},
];

/** What answers every other address. @type {Route} */
export const notFound = {name: "notfound", path: "", title: "Page not found", nav: "", load: () => import("../pages/notfound/notfound.js"), tag: "cf-notfound"};

/** Where an address leads that is none of its own; the last two are those of links that the server prints. @type {Record<string, string>} */
export const redirects = {"/": "/pipelines", "/secrets": "/models?tab=secrets", "/sign-in": "/signin", "/invitation": "/join"};
