// What one can do with a pipeline from its tile. Each says how it went, and takes back what it showed too early.
import {FactoryError} from "../../app/api.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").PipelineSummary} PipelineSummary */
/** @typedef {import("./list.js").PipelineList} PipelineList */

/** The tag of the draft that the list shows. @param {{revision: number}} pipeline */
export const tagOf = ({revision}) => `"${revision}"`;

/** @param {unknown} error */
const why = (error) => error instanceof Error ? error.message : String(error);

/** @param {App} app @param {PipelineList} list @param {PipelineSummary} pipeline */
export async function toggleFavourite(app, list, {id, favourite}) {
  const show = (/** @type {boolean} */ lit) => list.change(id, (item) => ({...item, favourite: lit}));
  show(!favourite);
  try {
    await (favourite ? app.api.removeFavourite({id}) : app.api.addFavourite({id}));
  } catch (error) {
    show(favourite);
    app.toast(`The favourite was not kept: ${why(error)}`, {kind: "bad"});
  }
}

/** @param {App} app @param {PipelineSummary} pipeline */
export async function duplicate(app, pipeline) {
  try {
    const {data: copy} = await app.api.createPipeline({body: {copy_of: pipeline.id}});
    app.toast(`Duplicated as ${copy.name}`, {kind: "ok", action: {label: "Open", run: () => app.go(`/pipelines/${copy.id}`)}});
    return copy;
  } catch (error) {
    app.toast(`${pipeline.title} was not duplicated: ${why(error)}`, {kind: "bad"});
    return null;
  }
}

/** Saves the document as it is written, comments and all. @param {App} app @param {PipelineSummary} pipeline */
export async function exportDocument(app, pipeline) {
  try {
    const asked = {id: pipeline.id, accept: "application/yaml"};
    const {data} = await app.api.getPipeline(asked);
    const text = typeof data === "string" ? data : JSON.stringify(data.document, null, 2);
    saveFile(`${pipeline.name}.${typeof data === "string" ? "yaml" : "json"}`, text);
    app.toast(`Exported ${pipeline.name}.yaml`, {kind: "ok"});
  } catch (error) {
    app.toast(`${pipeline.title} was not exported: ${why(error)}`, {kind: "bad"});
  }
}

/** @param {string} name @param {string} text */
export function saveFile(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type: "application/yaml"}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** The button that has the keyboard goes with its tile: the one beside it takes it, or the page. @param {string | undefined} next */
function keepKeyboard(next) {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const tile = document.querySelector(`.tile a[href="/pipelines/${next}"]`) ?? document.getElementById("main");
    if (tile instanceof HTMLElement) tile.focus({preventScroll: true});
  });
}

/**
 * Into the trash, with a way back. A draft that somebody changed meanwhile is asked about first.
 * @param {App} app @param {PipelineList} list @param {PipelineSummary} pipeline
 * @returns {Promise<void>}
 */
export async function trash(app, list, pipeline) {
  const items = list.items.peek(), at = items.findIndex(({id}) => id === pipeline.id);
  const putBack = list.remove(pipeline.id);
  keepKeyboard((items[at + 1] ?? items[at - 1])?.id);
  try {
    await app.api.trashPipeline({id: pipeline.id, ifMatch: tagOf(pipeline)});
  } catch (error) {
    putBack();
    const now = error instanceof FactoryError && error.status === 412 ? await list.read(pipeline.id) : null;
    if (now === null) {
      app.toast(`${pipeline.title} was not deleted: ${why(error)}`, {kind: "bad"});
      return;
    }
    const isSure = await app.confirm({
      title: `Delete ${now.title}`, text: "It was changed since this list was read. It goes to the trash with that change.", action: "Delete", danger: true,
    });
    if (isSure) await trash(app, list, now);
    return;
  }
  app.toast(`${pipeline.title} is in the trash`, {kind: "ok", action: {label: "Undo", run: async () => {
    try {
      const {data} = await app.api.restorePipeline({id: pipeline.id, body: {}});
      putBack(data);
    } catch (error) {
      app.toast(`${pipeline.title} stays in the trash: ${why(error)}`, {kind: "bad"});
    }
  }}});
}
