// What was done with a pipeline, in words.

/** @typedef {import("../../Client/client.d.ts").Activity} Activity */
/** @typedef {import("../parts/icon.js").IconName} IconName */
/** @typedef {{shape: IconName, text: string, quote: string, run: boolean, state: string, href: string}} Described */

/** @param {Activity} activity @param {string} pipeline its id @returns {Described} */
export function describe({type, data}, pipeline) {
  const said = (/** @type {string} */ name) => data[name] === null || data[name] === undefined ? "" : String(data[name]);
  /** @param {IconName} shape @param {string} text @param {Partial<Described>} [more] @returns {Described} */
  const made = (shape, text, more = {}) => ({shape, text, quote: "", run: false, state: "", href: "", ...more});
  switch (type) {
    case "pipeline.created": return made("plus", said("copy_of") ? "made it as a copy" : said("template") ? `made it of the template ${said("template")}` : "made it");
    case "pipeline.trashed": return made("trash", "put it into the trash");
    case "pipeline.restored": return made("undo", "took it out of the trash");
    case "draft.saved": return made("edit", said("revision") ? `saved the draft (revision ${said("revision")})` : "saved the draft");
    case "version.published": return made("history", `published version ${said("number")}`, {
      quote: said("message"), href: Number(data.number) > 1 ? `/pipelines/${pipeline}/versions/${Number(data.number) - 1}/diff/${said("number")}` : "",
    });
    case "shares.changed": return made("share", "changed who may see it");
    case "comment.added": return made("comment", said("step") ? `commented on ${said("step")}` : "commented", {href: `/pipelines/${pipeline}?panel=comments`});
    case "comment.changed": return made("comment", "changed a comment");
    case "comment.removed": return made("comment", "removed a comment");
    case "run.created": return made("runs", `ran it: run ${said("number")}`, {run: true, state: said("status"), href: `/runs/${said("run")}`});
    default: return made("info", type.replaceAll(".", " "));
  }
}
