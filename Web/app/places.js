// The pages of the rail, with the letter that follows G.

/** @typedef {{nav: string, href: string, icon: import("../parts/icon.js").IconName, label: string, letter: string}} Entry */

/** @type {Entry[]} */
export const PLACES = [
  {nav: "pipelines", href: "/pipelines", icon: "pipelines", label: "Pipelines", letter: "p"},
  {nav: "runs", href: "/runs", icon: "runs", label: "Runs", letter: "r"},
  {nav: "monitor", href: "/monitor", icon: "monitor", label: "Monitor", letter: "m"},
  {nav: "templates", href: "/templates", icon: "templates", label: "Templates", letter: "t"},
];

/** @type {Entry[]} */
export const WORKSPACE = [
  {nav: "files", href: "/files", icon: "files", label: "Files", letter: "f"},
  {nav: "models", href: "/models", icon: "models", label: "Models and secrets", letter: "o"},
  {nav: "notifications", href: "/notifications", icon: "bell", label: "Notifications", letter: "n"},
  {nav: "settings", href: "/settings/profile", icon: "settings", label: "Settings", letter: "s"},
];
