import {isTyping} from "../../dom/focus.js";
import {FRAGMENT_TYPE, clipboardTexts, copySteps, readFragment, seemsSteps} from "../../model/clipboard.js";
import {pasteSteps, removeSteps} from "../../model/commands.js";
import {selectedSteps} from "../../model/selection.js";
import {copyText} from "../../parts/copy.js";

/**
 * Steps through the clipboard, between views, pipelines and windows: as YAML for people, with JSON beside it that keeps
 * where cards stood.
 *
 * @typedef {import("../../app/app.js").App} App
 * @typedef {import("../../model/editor-model.js").EditorModel} EditorModel
 * @typedef {import("../../model/clipboard.js").Fragment} Fragment
 * @typedef {import("./canvas/canvas.js").CanvasElement} CanvasElement
 */

/**
 * Takes copy, cut and paste of the whole page but where a text is edited or marked.
 * @param {App} app
 * @param {{model: () => EditorModel | null, canvas: () => CanvasElement | null, isText: () => boolean}} given
 * @returns {() => void} ends it
 */
export function stepsClipboard(app, {model, canvas, isText}) {
  const stop = new AbortController();
  const take = (/** @type {ClipboardEvent} */ event) => {
    const draft = model();
    if (!draft || !event.clipboardData || event.defaultPrevented || isText() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const isTaken = event.type === "paste" ? pasted(app, draft, canvas(), event.clipboardData)
      : getSelection()?.isCollapsed !== false && copied(app, draft, canvas(), event.clipboardData, event.type === "cut");
    if (isTaken) event.preventDefault();
  };
  for (const name of /** @type {const} */ (["copy", "cut", "paste"])) document.addEventListener(name, take, {signal: stop.signal});
  return () => stop.abort();
}

/** @param {EditorModel} model @param {CanvasElement | null} canvas */
const fragmentIn = (model, canvas) => copySteps(model.document.peek(), model.selection.peek(), canvas?.pinned({}) ?? model.places.peek());

/** @param {App} app @param {EditorModel} model @param {CanvasElement | null} canvas @param {DataTransfer} clipboard @param {boolean} isCut */
function copied(app, model, canvas, clipboard, isCut) {
  const fragment = fragmentIn(model, canvas);
  if (!fragment) return false;
  for (const [type, text] of Object.entries(clipboardTexts(fragment))) clipboard.setData(type, text);
  const ids = selectedSteps(model.selection.peek(), model.document.peek()).map((step) => step.id);
  if (isCut && model.canEdit) model.apply(removeSteps(ids));
  else app.announce(ids.length === 1 ? `Copied ${ids[0]}` : `Copied ${ids.length} steps`);
  return true;
}

/** @param {App} app @param {EditorModel} model @param {CanvasElement | null} canvas @param {DataTransfer} clipboard */
function pasted(app, model, canvas, clipboard) {
  if (!model.canEdit) return false;
  const text = clipboard.getData("text/plain");
  const fragment = readFragment(clipboard.getData(FRAGMENT_TYPE)) ?? readFragment(text);
  if (fragment) addFragment(model, fragment, canvas);
  else if (seemsSteps(text)) void pasteText(app, model, canvas, text);
  else app.toast("What was copied is not a step.", {kind: "info"});
  return true;
}

/**
 * Adds steps that are written as YAML; a text that is none is shown with what is wrong.
 * @param {App} app @param {EditorModel} model @param {CanvasElement | null} canvas @param {string} [text]
 */
export async function pasteText(app, model, canvas, text = "") {
  const {askForSteps, stepsIn} = await import("./paste-dialog.js");
  const found = text === "" ? null : stepsIn(text);
  const fragment = found && "fragment" in found ? found.fragment : await askForSteps(app, text);
  if (fragment) addFragment(model, fragment, canvas);
}

/** One entry to undo, and what was added is seen. @param {EditorModel} model @param {Fragment} fragment @param {CanvasElement | null} canvas */
function addFragment(model, fragment, canvas) {
  const command = pasteSteps(fragment, model.document.peek());
  model.apply(canvas ? {...command, change: (state) => command.change({...state, places: canvas.pinned({})})} : command);
  const first = command.ids[0];
  if (first) canvas?.reveal(first);
  return command.ids;
}

/** The steps once more, beside those that are there. @param {EditorModel} model @param {CanvasElement | null} canvas @param {readonly string[]} [ids] without them what is selected */
export function duplicate(model, canvas, ids = model.selection.peek()) {
  const fragment = copySteps(model.document.peek(), ids, canvas?.pinned({}) ?? model.places.peek());
  return fragment ? addFragment(model, fragment, canvas) : [];
}

/** A step into the clipboard, from a menu. @param {App} app @param {EditorModel} model @param {string} id */
export async function copyStep(app, model, id) {
  const fragment = copySteps(model.document.peek(), [id], model.places.peek());
  if (!fragment) return;
  const isCopied = await copyText(clipboardTexts(fragment)["text/plain"] ?? "");
  app.toast(isCopied ? `Copied ${id} as YAML` : "The browser does not let this page copy.", {kind: isCopied ? "ok" : "bad"});
}
