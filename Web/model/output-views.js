// The ways to show what a step gave, the best one first.

import {plainText} from "./plain-text.js";
import {tableOf, tableOfText} from "./table-rows.js";

/** @typedef {{id: string, label: string, kind: "markdown"|"code"|"text"|"table"|"tree"|"diff"|"image"|"http"|"none", value: any, language?: string, path?: string}} OutputView
 *   `path` is what follows the step's output in an expression */

const MARKDOWN = /^ {0,3}#{1,6} \S|\*\*\S|^\s*[-*] \S|^```|^\d+\. \S|\[[^\]]+\]\(https?:/m;

/** @param {string} type of the step @param {unknown} output @returns {OutputView[]} */
export function outputViews(type, output) {
  if (output === null || output === undefined) return [];
  /** @type {OutputView[]} */
  const views = [];
  if (typeof output === "object" && !Array.isArray(output)) addKnown(views, type, /** @type {{[name: string]: any}} */ (output));
  else addValue(views, output, "", "Output");
  views.push({id: "tree", label: "Everything", kind: "tree", value: output, path: ""});
  const isText = typeof output === "string";
  // Written out when somebody asks for it: it may be long.
  views.push({id: "raw", label: "Raw", kind: "code", get value() { return isText ? output : JSON.stringify(output, null, 2); }, language: isText ? "" : "json"});
  return views;
}

/** @param {OutputView[]} views @param {string} type @param {{[name: string]: any}} output */
function addKnown(views, type, output) {
  if (type === "prompt" && typeof output.text === "string") {
    if (output.json !== undefined) addValue(views, output.json, ".json", "Answer");
    else views.push({id: "answer", label: "Answer", kind: "markdown", value: output.text, path: ".text"});
    views.push({id: "text", label: "Text", kind: "text", value: output.text, path: ".text"});
  } else if (type === "code" && "exit_code" in output) {
    if (output.result !== null && output.result !== undefined) addValue(views, output.result, ".result", "Result");
    if (output.stdout) views.push({id: "stdout", label: "Printed", kind: "text", value: plainText(output.stdout), path: ".stdout"});
    if (output.stderr) views.push({id: "stderr", label: "Errors", kind: "text", value: plainText(output.stderr), path: ".stderr"});
  } else if (type === "api" && typeof output.status === "number") {
    views.push({id: "http", label: "Response", kind: "http", value: output});
    if (output.body !== undefined && output.body !== null) addValue(views, output.body, ".body", "Body");
    else if (typeof output.text === "string") addValue(views, output.text, ".text", "Text");
  } else if (type === "file" && Array.isArray(output.entries)) addValue(views, output.entries, ".entries", "Files");
  else if (type === "file" && output.content !== undefined) addContent(views, output.content, String(output.media_type ?? ""), String(output.path ?? ""));
  else if (type === "condition" && output.explanation && Object.keys(output.explanation).length > 0) {
    views.push({id: "why", label: "Why", kind: "table", value: {columns: ["Value", "Was"], rows: Object.entries(output.explanation)}, path: ".explanation"});
  } else if (type === "transform" && "result_type" in output) addValue(views, output.result, ".result", "Result");
}

/** @param {OutputView[]} views @param {unknown} value @param {string} path @param {string} label */
function addValue(views, value, path, label) {
  if (typeof value === "string") {
    if (isDiff(value)) views.push({id: "diff", label: "Diff", kind: "diff", value, path});
    else if (MARKDOWN.test(value.slice(0, 20_000))) views.push({id: "answer", label, kind: "markdown", value, path});
    views.push({id: "value", label: views.length ? "Text" : label, kind: "text", value, path});
    return;
  }
  const table = tableOf(value);
  if (table) views.push({id: "table", label: "Table", kind: "table", value: table, path});
  views.push({id: "value", label: table ? "Tree" : label, kind: "tree", value, path});
}

/** @param {OutputView[]} views @param {unknown} content @param {string} mediaType @param {string} name */
function addContent(views, content, mediaType, name) {
  if (typeof content !== "string") return addValue(views, content, ".content", "Content");
  if (/^image\/(png|jpeg|gif|webp)$/.test(mediaType) && /^[A-Za-z0-9+/=\s]+$/.test(content)) {
    views.push({id: "image", label: "Image", kind: "image", value: `data:${mediaType};base64,${content.replace(/\s/g, "")}`, path: ".content"});
  } else if (/markdown/.test(mediaType) || /\.md$/i.test(name)) views.push({id: "answer", label: "Content", kind: "markdown", value: content, path: ".content"});
  else if (/csv/.test(mediaType)) {
    const table = tableOfText(content);
    if (table) views.push({id: "table", label: "Table", kind: "table", value: table, path: ".content"});
  } else if (isDiff(content)) views.push({id: "diff", label: "Diff", kind: "diff", value: content, path: ".content"});
  const language = name.split(".").at(-1) ?? "";
  views.push({id: "text", label: "Text", kind: "code", value: content, language, path: ".content"});
}

/** @param {string} text */
const isDiff = (text) => /^(diff --git |--- )/.test(text) && /^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/m.test(text);

/** What a step gave in a few words, for beside its bar. @param {string} type @param {any} output */
export function outputNote(type, output) {
  if (output === null || output === undefined || typeof output !== "object") return "";
  if (type === "api" && typeof output.status === "number") return `status ${output.status}`;
  if (type === "condition" && output.branch !== undefined) return output.branch === null ? "no branch taken" : `takes ${output.branch}`;
  if (type === "file" && Array.isArray(output.entries)) return `${output.entries.length} entries`;
  if (type === "file" && typeof output.path === "string") return output.path;
  if (type === "prompt" && typeof output.usage?.output_tokens === "number") return `${output.usage.output_tokens} tokens out`;
  if ((type === "transform" || type === "code") && Array.isArray(output.result)) return `${output.result.length} ${output.result.length === 1 ? "item" : "items"}`;
  return "";
}
