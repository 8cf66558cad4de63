import {isTyping} from "../../dom/focus.js";

/**
 * Keys of the whole builder: they work wherever the keyboard is in it.
 *
 * @param {import("../../app/app.js").App} app
 * @param {object} given
 * @param {(view: import("./bar/bar.js").ViewName) => void} given.show
 * @param {() => void} given.publish
 * @param {() => void} given.runAgain
 * @param {() => import("../../model/editor-model.js").EditorModel | null} given.model
 * @param {() => import("./bar/bar.js").ViewName} given.view
 * @returns {() => void} ends it
 */
export function pageKeys(app, {show, publish, runAgain, model, view}) {
  const stop = new AbortController();
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const letter = event.key.toLowerCase();
    const isControl = (event.ctrlKey || event.metaKey) && !event.altKey;
    const isText = isTyping(event.target);
    if (isControl && event.key === "Enter") runAgain();
    else if (isControl && letter === "s" && !event.shiftKey) publish();
    else if (isControl && letter === "z" && !isText) { if (event.shiftKey) model()?.redo(); else model()?.undo(); }
    else if (event.key === "Escape" && view() === "list" && !isText && model()?.selection.peek().length) model()?.select([]);
    else if (!isControl && !event.altKey && !event.shiftKey && letter === "l" && !isText && app.preferences.letterKeys.value) show(view() === "list" ? "canvas" : "list");
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", key, {signal: stop.signal});
  const takeBack = app.offer({title: "Builder", commands: [
    {label: "Canvas", icon: "layout", run: () => show("canvas")}, {label: "List", icon: "list", keys: "L", run: () => show("list")}, {label: "YAML", icon: "CODE", run: () => show("yaml")},
    {label: "Run with the last input", icon: "bolt", keys: "Ctrl Enter", run: runAgain}, {label: "Publish a version", icon: "save", keys: "Ctrl S", run: publish},
    {label: "Undo", icon: "undo", keys: "Ctrl Z", run: () => model()?.undo()}, {label: "Redo", icon: "redo", keys: "Ctrl Shift Z", run: () => model()?.redo()},
    {label: "Move between steps", keys: "Arrows"}, {label: "Nudge a step", keys: "Alt Arrows"}, {label: "Open the settings of a step", keys: "Enter"}, {label: "Back from them", keys: "Escape"},
    {label: "Connect from the selected step", keys: "C"}, {label: "Copy, paste, duplicate", keys: "Ctrl C, Ctrl V, Ctrl D"}, {label: "Select all", keys: "Ctrl A"},
    {label: "Delete", keys: "Delete"}, {label: "Tidy", keys: "Shift T"}, {label: "Show all", keys: "Shift 1"}, {label: "Zoom", keys: "+, -"},
  ]});
  return () => {
    stop.abort();
    takeBack();
  };
}
