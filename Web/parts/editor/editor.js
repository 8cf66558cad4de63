import {contextAt} from "./completion-context.js";
import {grammarOf} from "./languages.js";
import {Layer} from "./layer.js";
import {marksOf, offsetAt, lengthOfName} from "./positions.js";
import {Suggestions} from "./suggestions.js";
import {explanations} from "./explanations.js";

/** @typedef {import("./completion-context.js").Context} Context @typedef {import("./completion-context.js").Item} Item */
/** @typedef {import("./positions.js").Diagnostic} Diagnostic @typedef {import("./positions.js").Fix} Fix */

/** Past these, text is shown plain: painting it would make typing slow. */
const mostLines = 2_000;
const mostLetters = 200_000;

let made = 0;

/**
 * A text editor: a native textarea over a highlighted copy of its text, so that undo, input methods, spelling and screen
 * readers work as everywhere.
 *
 * @fires change when the text changed by the person; `detail.value`
 */
export class EditorElement extends HTMLElement {
  /** @type {((context: Context) => Item[]) | null} */
  completions = null;
  #language = "text";
  #label = "";
  /** @type {Diagnostic[]} */
  #diagnostics = [];
  #field = document.createElement("textarea");
  #frame = document.createElement("div");
  #explained = document.createElement("ul");
  #hint = document.createElement("span");
  #layer = new Layer(document.createElement("div"), grammarOf("text"));
  #list = new Suggestions(this.#field, (item) => this.#accept(item));
  /** Escape closed the list where it stands; typing on opens it again. */
  #dismissed = false;

  constructor() {
    super();
    made += 1;
    this.#field.id = `editor-${made}`;
    this.#hint.id = `editor-${made}-hint`;
    this.#explained.id = `editor-${made}-problems`;
    this.#field.rows = 1;
    this.#field.spellcheck = false;
    this.#field.autocapitalize = "off";
    this.#field.setAttribute("autocorrect", "off");
    this.#frame.className = "ed-frame";
    this.#layer.element.className = "ed-layer";
    this.#layer.element.setAttribute("aria-hidden", "true");
    this.#explained.className = "ed-problems";
    this.#explained.hidden = true;
    this.#hint.className = "sr";
    this.#field.addEventListener("input", (event) => this.#typed(event));
    // The native event would reach who listens for ours.
    this.#field.addEventListener("change", (event) => event.stopPropagation());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("click", () => this.#list.close());
    this.#field.addEventListener("blur", () => this.#list.close());
  }

  connectedCallback() {
    if (!this.#frame.isConnected) {
      this.#frame.append(this.#layer.element, this.#field);
      this.append(this.#frame, this.#explained, this.#hint, this.#list.element);
    }
    this.#describe();
    this.#paint();
  }

  disconnectedCallback() {
    this.#list.close();
    this.#layer.clear();
  }

  get value() {
    return this.#field.value;
  }

  set value(value) {
    const text = String(value ?? "");
    if (text === this.#field.value) return;
    const {selectionStart, selectionEnd} = this.#field;
    this.#field.value = text;
    if (document.activeElement === this.#field) this.#field.setSelectionRange(selectionStart, selectionEnd);
    this.#list.close();
    this.#paint();
  }

  /** The id of the textarea, for labels. */
  get controlId() {
    return this.#field.id;
  }

  set controlId(id) {
    if (id) this.#field.id = id;
  }

  get language() {
    return this.#language;
  }

  set language(language) {
    this.#language = language;
    this.#layer.grammar = grammarOf(language);
    this.#describe();
    this.#paint();
  }

  get label() {
    return this.#label;
  }

  set label(label) {
    this.#label = label;
    this.#describe();
  }

  get readonly() {
    return this.#field.readOnly;
  }

  set readonly(readonly) {
    this.#field.readOnly = Boolean(readonly);
    this.#describe();
  }

  get placeholder() {
    return this.#field.placeholder;
  }

  set placeholder(text) {
    this.#field.placeholder = text ?? "";
  }

  get diagnostics() {
    return this.#diagnostics;
  }

  set diagnostics(diagnostics) {
    this.#diagnostics = diagnostics ?? [];
    explanations(this.#explained, this.#diagnostics, (diagnostic, fix) => this.#fix(diagnostic, fix));
    this.#describe();
    this.#paint();
  }

  /** @param {FocusOptions} [options] @override */
  focus(options) {
    this.#field.focus(options);
  }

  /** Puts the caret at a place and shows it. @param {number} line @param {number} [column] */
  goTo(line, column = 1) {
    const offset = offsetAt(this.value, line, column);
    this.#field.focus();
    this.#field.setSelectionRange(offset, offset);
    const rect = this.#layer.rectAt(offset);
    if (rect) this.#frame.scrollTop += rect.top - this.#frame.getBoundingClientRect().top - this.#frame.clientHeight / 2;
  }

  /** Writes in the place of what is selected, with undo, and opens the list. @param {string} text */
  insert(text) {
    this.#field.focus();
    this.#write(text, this.#field.selectionStart, this.#field.selectionEnd);
    this.#suggest();
  }

  /** Offers names where the caret is, with the braces that they need there. */
  offer() {
    this.#field.focus();
    this.#dismissed = false;
    const {selectionStart: caret, selectionEnd: end} = this.#field;
    if (this.#language !== "cel" && !contextAt(this.value, caret, this.#language)) this.#write("{{ ", caret, end);
    this.#suggest(true);
  }

  /** Where a letter of the text stands on the screen; for tests and for who points at it. @param {number} offset */
  rectAt(offset) {
    return this.#layer.rectAt(offset);
  }

  #describe() {
    const isBad = this.#diagnostics.some((each) => each.severity === "error");
    const completes = this.#language !== "text" && !this.readonly;
    this.#hint.textContent = completes ? "Escape, then Tab, leaves the editor." : "";
    if (this.#label) this.#field.setAttribute("aria-label", this.#label);
    this.#field.setAttribute("aria-autocomplete", completes ? "list" : "none");
    if (isBad) this.#field.setAttribute("aria-invalid", "true");
    else this.#field.removeAttribute("aria-invalid");
    const about = [this.#diagnostics.length ? this.#explained.id : "", completes ? this.#hint.id : ""].filter(Boolean);
    if (about.length) this.#field.setAttribute("aria-describedby", about.join(" "));
    else this.#field.removeAttribute("aria-describedby");
  }

  #paint() {
    if (!this.isConnected) return;
    const text = this.#field.value;
    const plain = text.length > mostLetters || text.split("\n", mostLines + 2).length > mostLines;
    this.#frame.classList.toggle("plain", plain);
    if (plain) this.#layer.clear();
    else this.#layer.paint(text, marksOf(text, this.#diagnostics));
  }

  /** @param {Event} event */
  #typed(event) {
    event.stopPropagation();
    this.#dismissed = false;
    this.#paint();
    this.#suggest();
    this.dispatchEvent(new CustomEvent("change", {bubbles: true, detail: {value: this.value}}));
  }

  #suggest(asked = false) {
    const {selectionStart: caret, selectionEnd: end} = this.#field;
    const context = this.completions && !this.readonly && caret === end && !this.#dismissed
      ? contextAt(this.value, caret, this.#language)
      : null;
    // In bare expressions the list opens once something is written, or when it is asked for.
    if (!context || (context.place !== "value" && !context.path && !asked)) return this.#list.close();
    const rect = this.#layer.rectAt(context.from) ?? this.#field.getBoundingClientRect();
    this.#list.show(this.completions?.(context) ?? [], context.path, rect);
  }

  /** @param {Item} item */
  #accept(item) {
    const context = contextAt(this.value, this.#field.selectionStart, this.#language);
    if (!context) return this.#list.close();
    const rest = item.more ? "." : context.closed || context.place === "expression" ? "" : context.place === "tag" ? " %}" : " }}";
    const blank = context.place === "value" && /\{\{-?$/.test(this.value.slice(0, context.from)) ? " " : "";
    this.#list.close();
    this.#write(blank + (item.insert ?? item.label) + rest, context.from, context.caret);
    if (item.more) this.#suggest();
    else this.#list.close();
  }

  /** @param {Diagnostic} diagnostic @param {Fix} fix */
  #fix(diagnostic, fix) {
    if (fix.run) return fix.run();
    const from = diagnostic.line ? offsetAt(this.value, diagnostic.line, diagnostic.column ?? 1) : 0;
    const to = diagnostic.line ? from + (diagnostic.length ?? lengthOfName(this.value, from)) : this.value.length;
    this.#write(fix.replace ?? "", from, to);
  }

  /** Writes as if typed: the native undo knows it. @param {string} text @param {number} from @param {number} to */
  #write(text, from, to) {
    this.#field.focus();
    this.#field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      this.#field.setRangeText(text, from, to, "end");
      this.#field.dispatchEvent(new Event("input", {bubbles: true}));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key === " ") {
      event.preventDefault();
      this.#dismissed = false;
      return this.#suggest(true);
    }
    if (this.#list.open) return this.#keyOfList(event);
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey && !this.readonly) this.#indent(event);
  }

  /** @param {KeyboardEvent} event */
  #keyOfList(event) {
    const {key} = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.#list.move(key === "ArrowDown" ? 1 : -1);
    else if ((key === "Enter" && !event.ctrlKey && !event.metaKey) || (key === "Tab" && !event.shiftKey)) {
      const item = this.#list.items[this.#list.active];
      if (item) this.#accept(item);
    } else if (key === "Escape") {
      this.#dismissed = true;
      this.#list.close();
      event.stopPropagation();
    } else {
      if (key === "ArrowLeft" || key === "ArrowRight" || key === "Home" || key === "End") this.#list.close();
      return;
    }
    event.preventDefault();
  }

  /** A new line begins as far in as the one before. @param {KeyboardEvent} event */
  #indent(event) {
    const {selectionStart: caret, selectionEnd: end} = this.#field;
    const line = this.value.slice(this.value.lastIndexOf("\n", caret - 1) + 1, caret);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
    if (!indent) return;
    event.preventDefault();
    this.#write(`\n${indent}`, caret, end);
  }
}

customElements.define("cf-editor", EditorElement);
