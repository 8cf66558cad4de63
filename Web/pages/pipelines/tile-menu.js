import {exportDocument, trash} from "./actions.js";

// What opens on a click is fetched then: the list is there sooner.

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */

/**
 * What one may do with a pipeline; what one may not is not there.
 * @param {App} app
 * @param {import("./list.js").PipelineList} list
 * @param {PipelineSummary} pipeline
 * @param {{onDuplicate: () => void}} more
 * @returns {import("../../parts/menu.js").MenuItems}
 */
export function menuOf(app, list, pipeline, {onDuplicate}) {
  const {id, latest_version: version} = pipeline;
  return [
    app.can("run", pipeline) && {label: "Run", icon: "play", href: `/pipelines/${id}?panel=run`},
    {label: app.can("edit", pipeline) ? "Edit" : "Open", icon: app.can("edit", pipeline) ? "edit" : "eye", href: `/pipelines/${id}`},
    {label: "Versions", icon: "history", href: `/pipelines/${id}?panel=versions`},
    version !== null && {label: "Compare draft with live version", icon: "diff", href: `/pipelines/${id}/versions/${version}/diff/draft`},
    {label: "Runs", icon: "runs", href: `/runs?pipeline=${id}`},
    {label: "Activity", icon: "clock", run: async () => (await import("../../parts/activity.js")).openActivity(app, pipeline)},
    "-",
    app.can("edit", pipeline) && {label: "Share", icon: "share", run: async () => (await import("../../parts/share.js")).openShare(app, pipeline)},
    {label: "Duplicate", icon: "copy", run: onDuplicate},
    {label: "Export as YAML", icon: "download", run: () => void exportDocument(app, pipeline)},
    app.can("share", pipeline) && {label: "Publish as template", icon: "templates", run: async () => (await import("../templates/publish.js")).openPublish(app, pipeline)},
    app.can("trash", pipeline) && "-",
    app.can("trash", pipeline) && {label: "Delete", icon: "trash", danger: true, run: () => void trash(app, list, pipeline)},
  ];
}
