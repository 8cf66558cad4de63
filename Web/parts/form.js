// Forms: what was typed, what is wrong with it, and sending it. An error appears when a field is left, and goes when
// something is typed there. What the server finds wrong with a field stands at the field.

import {each, html, nothing} from "../dom/html.js";
import {signal} from "../dom/signal.js";
import {field} from "./field.js";
import {icon} from "./icon.js";

/** @typedef {import("../../Client/client.d.ts").FactoryError} FactoryError */
/** @typedef {string | number | boolean | string[]} FieldValue */
/** @typedef {Record<string, FieldValue>} Values */

let count = 0;

/** @template {Values} V */
export class Form {
  /** Begins the ids of its fields. */
  id = `form-${count += 1}`;
  isBusy = signal(false);
  /** What kept it from being sent and belongs to no field. */
  failure = signal(/** @type {unknown} */ (null));
  #initial;
  #values;
  #left = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  #told = signal(/** @type {Record<string, string>} */ ({}));
  #check;
  #send;

  /**
   * @param {V} initial
   * @param {(values: V) => Partial<Record<keyof V & string, string | null>>} check what is wrong, by field
   * @param {(values: V) => Promise<void>} send
   */
  constructor(initial, check, send) {
    this.#initial = initial;
    this.#values = signal(initial);
    this.#check = check;
    this.#send = send;
  }

  get values() { return this.#values.value; }

  /** @param {keyof V & string} name @param {FieldValue} value */
  set(name, value) {
    this.#values.value = {...this.#values.peek(), [name]: value};
    const {[name]: _, ...others} = this.#told.peek();
    this.#told.value = others;
    this.#left.value = new Set([...this.#left.peek()].filter((one) => one !== name));
  }

  /** Begins anew, as after it was sent and stays on the page. */
  reset() {
    this.#values.value = this.#initial;
    this.#left.value = new Set();
    this.#told.value = {};
    this.failure.value = null;
  }

  /** @param {string} name */
  leave(name) {
    if (!this.#left.peek().has(name)) this.#left.value = new Set([...this.#left.peek(), name]);
  }

  /** What is wrong with a field, where it is time to say so. @param {keyof V & string} name @returns {string | null} */
  error(name) {
    const told = this.#told.value[name];
    if (told !== undefined) return told;
    return this.#left.value.has(name) ? this.#check(this.values)[name] ?? null : null;
  }

  /** Sends it, or shows what is wrong and puts the keyboard there. @returns {Promise<boolean>} whether it was sent */
  async submit() {
    if (this.isBusy.peek()) return false;
    const values = this.#values.peek();
    const wrong = Object.entries(this.#check(values)).flatMap(([name, text]) => text ? [name] : []);
    if (wrong.length) {
      this.#left.value = new Set(Object.keys(values));
      this.#focus(wrong);
      return false;
    }
    this.isBusy.value = true;
    this.failure.value = null;
    try {
      await this.#send(values);
      return true;
    } catch (error) {
      this.#take(error);
      return false;
    } finally {
      this.isBusy.value = false;
    }
  }

  /** @param {unknown} error */
  #take(error) {
    const entries = /** @type {Partial<FactoryError>} */ (error).errors ?? [];
    const named = entries.flatMap(({path, message}) => {
      const name = path.replace(/^[/.]/, "").split(/[/.[]/)[0] ?? "";
      return Object.hasOwn(this.#values.peek(), name) ? [/** @type {const} */ ([name, message])] : [];
    });
    this.#told.value = Object.fromEntries(named);
    if (named.length < entries.length || !named.length) this.failure.value = error;
    this.#focus(named.map(([name]) => name));
  }

  /** @param {string[]} names */
  #focus(names) {
    // The fields get their state in the microtask in which views are rendered.
    queueMicrotask(() => {
      const first = names.map((name) => document.getElementById(`${this.id}-${name}`)).find((element) => element !== null);
      first?.focus();
    });
  }
}

/** @typedef {{label: string, hint?: unknown, type?: string, autocomplete?: string, placeholder?: string, mono?: boolean, rows?: number, inputmode?: string, disabled?: boolean, max?: number, list?: string[]}} TextOptions */

/** What a control says that it now holds. @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ (event.currentTarget).value;

/**
 * A field for text; of several lines where `rows` says so.
 * @template {Values} V
 * @param {Form<V>} form
 * @param {keyof V & string} name
 * @param {TextOptions} options
 */
export function textField(form, name, options) {
  const {label, hint, rows, mono, placeholder = nothing, disabled = false, list} = options;
  const onInput = (/** @type {Event} */ event) => form.set(name, valueOf(event));
  const onBlur = () => form.leave(name);
  return field({id: `${form.id}-${name}`, label, hint, error: form.error(name), control: ({id, describedBy, invalid}) => rows
    ? html`<textarea class="inp ${mono ? "mono" : ""}" id=${id} rows=${rows} .value=${form.values[name]} placeholder=${placeholder} maxlength=${options.max}
        spellcheck="false" ?disabled=${disabled} aria-describedby=${describedBy} aria-invalid=${invalid} @input=${onInput} @blur=${onBlur}></textarea>`
    : html`<input class="inp ${mono ? "mono" : ""}" id=${id} type=${options.type ?? "text"} .value=${form.values[name]}
        autocomplete=${options.autocomplete ?? "off"} placeholder=${placeholder} inputmode=${options.inputmode} maxlength=${options.max}
        list=${list ? `${id}-list` : null} spellcheck="false" autocapitalize="none" ?disabled=${disabled}
        aria-describedby=${describedBy} aria-invalid=${invalid} @input=${onInput} @blur=${onBlur}>
        ${list ? html`<datalist id="${id}-list">${list.map((value) => html`<option value=${value}></option>`)}</datalist>` : nothing}`});
}

/**
 * A choice of one among few.
 * @template {Values} V
 * @param {Form<V>} form
 * @param {keyof V & string} name
 * @param {{label: string, hint?: unknown, options: {value: string, text: string}[]}} given
 */
export const selectField = (form, name, {label, hint, options}) => field({
  id: `${form.id}-${name}`, label, hint, error: form.error(name),
  control: ({id, describedBy, invalid}) => html`
    <select class="inp" id=${id} aria-describedby=${describedBy} aria-invalid=${invalid} @change=${(/** @type {Event} */ event) => form.set(name, valueOf(event))}>
      ${each(options, (option) => option.value, (option) => html`<option value=${option.value} ?selected=${option.value === form.values[name]}>${option.text}</option>`)}
    </select>`,
});

/**
 * A choice of yes or no.
 * @template {Values} V
 * @param {Form<V>} form
 * @param {keyof V & string} name
 * @param {{label: string, hint?: unknown, disabled?: boolean}} given
 */
export function checkField(form, name, {label, hint, disabled = false}) {
  const id = `${form.id}-${name}`;
  return html`
    <div class="choices">
      <label for=${id}>
        <input class="check" type="checkbox" id=${id} .checked=${form.values[name]} ?disabled=${disabled}
          @change=${(/** @type {Event} */ event) => form.set(name, /** @type {HTMLInputElement} */ (event.currentTarget).checked)}>
        <span>${label}${hint ? html`<span class="sm dim">${hint}</span>` : nothing}</span>
      </label>
    </div>`;
}

/**
 * A choice of several.
 * @template {Values} V
 * @param {Form<V>} form
 * @param {keyof V & string} name
 * @param {{label: string, hint?: unknown, options: {value: string, text: unknown, note?: unknown, fixed?: boolean}[], boxed?: boolean}} given
 */
export function choicesField(form, name, {label, hint, options, boxed = false}) {
  const id = `${form.id}-${name}`;
  const chosen = /** @type {string[]} */ (form.values[name]);
  const error = form.error(name);
  /** @param {string} value @param {boolean} isOn */
  const toggle = (value, isOn) => form.set(name, isOn ? [...chosen, value] : chosen.filter((one) => one !== value));
  return html`
    <fieldset class="choices" id=${id} tabindex="-1" aria-describedby=${error ? `${id}-error` : hint ? `${id}-hint` : null}>
      <legend>${label}</legend>
      <div class=${boxed ? "picks" : "pick-row"}>${each(options, (option) => option.value, (option) => html`
        <label>
          <input class="check" type="checkbox" .checked=${chosen.includes(option.value)} ?disabled=${option.fixed}
            @change=${(/** @type {Event} */ event) => toggle(option.value, /** @type {HTMLInputElement} */ (event.currentTarget).checked)}>
          <span>${option.text}${option.note ? html`<span class="sm dim">${option.note}</span>` : nothing}</span>
        </label>`)}</div>
      ${hint ? html`<p class="sm dim" id="${id}-hint">${hint}</p>` : nothing}
      ${error ? html`<p class="err" id="${id}-error">${icon("warn", 13)}<span>${error}</span></p>` : nothing}
    </fieldset>`;
}
