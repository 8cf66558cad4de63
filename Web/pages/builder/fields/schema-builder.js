import {Part} from "../../../dom/element.js";
import {moveWithRow} from "../../../dom/focus.js";
import {each, html, nothing} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";
import {isObject} from "../../../model/document.js";
import {freeName, movedIn, renamedKey} from "../../../model/form-values.js";
import "./typed-input.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("../../../model/schema-form.js").Field} Field
 * @typedef {{[key: string]: unknown}} Schema
 */

const types = ["string", "integer", "number", "boolean", "array", "object"];

/**
 * The members of an object as a table: what most schemas of answers need. Everything else is written as JSON.
 * @fires written
 */
class SchemaBuilder extends Part {
  static props = {place: null, field: null, value: undefined};

  view() {
    const place = /** @type {Place | null} */ (this.signalOf("place").value);
    const schema = this.signalOf("value").value;
    if (!place) return nothing;
    if (!isObject(schema) || (schema.type !== undefined && schema.type !== "object") || (schema.properties !== undefined && !isObject(schema.properties))) {
      return html`<p class="hint">This schema is not of an object with members. It is edited as JSON.</p>`;
    }
    const members = /** @type {{[name: string]: Schema}} */ (schema.properties ?? {});
    const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
    const write = (/** @type {{[name: string]: Schema}} */ properties, /** @type {string[]} */ needed) => {
      const {required: _, ...others} = /** @type {Schema} */ (schema);
      const kept = needed.filter((name) => name in properties);
      this.emit("written", {...others, type: "object", properties, ...(kept.length ? {required: kept} : {})});
    };
    return html`<ul class="rows-of">${each(Object.entries(members), (_, index) => index, ([name, member], index) => this.#row(place, members, required, name, member, index, write))}</ul>
      ${place.canEdit ? html`<button type="button" class="btn sm add" @click=${() => { const name = freeName(members, "field"); write({...members, [name]: {type: "string"}}, [...required, name]); }}>${icon("plus", 13)}Add field</button>` : nothing}`;
  }

  /** @param {Place} place @param {{[name: string]: Schema}} members @param {string[]} required @param {string} name @param {Schema} member @param {number} index @param {(members: {[name: string]: Schema}, required: string[]) => void} write */
  #row(place, members, required, name, member, index, write) {
    const names = Object.keys(members);
    const read = (/** @type {string} */ text) => (text.trim() === "" ? {refusal: "A name is needed"} : text !== name && text in members ? {refusal: `There is ${text} already`} : {value: text});
    const set = (/** @type {Schema} */ changes) => write({...members, [name]: Object.fromEntries(Object.entries({...member, ...changes}).filter(([, value]) => value !== undefined))}, required);
    const type = Array.isArray(member.enum) ? "enum" : typeof member.type === "string" ? member.type : "";
    const items = isObject(member.items) && typeof member.items.type === "string" ? member.items.type : "";
    const readonly = !place.canEdit;
    return html`<li class="boxed schema-row"><div class="row">
        <cf-typed-input class="grow" .label=${`Name of field ${index + 1}`} .controlId=${`${place.id}-member-${index}`} .value=${name} .read=${read} .readonly=${readonly}
          @written=${(/** @type {CustomEvent} */ event) => { event.stopPropagation(); if (event.detail !== name) write(renamedKey(members, name, event.detail), required.map((each) => (each === name ? event.detail : each))); }}></cf-typed-input>
        <select class="inp type" aria-label=${`Type of ${name}`} ?disabled=${readonly} .value=${type} @change=${(/** @type {Event} */ event) => this.#retype(/** @type {HTMLSelectElement} */ (event.target).value, member, set)}>
          ${types.includes(type) || type === "enum" ? nothing : html`<option value=${type} selected>${type || "any"}</option>`}
          ${types.map((each) => html`<option value=${each} ?selected=${each === type}>${each === "array" ? "list" : each}</option>`)}<option value="enum" ?selected=${type === "enum"}>one of</option></select>
        ${readonly ? nothing : html`<button type="button" class="btn ghost icon sm" data-move="up" aria-label=${`Move ${name} up`} ?disabled=${index === 0}
          @click=${(/** @type {Event} */ event) => moveWithRow(event, index - 1, () => write(Object.fromEntries(movedIn(Object.entries(members), index, index - 1)), required))}>${icon("upwards", 13)}</button>
        <button type="button" class="btn ghost icon sm" aria-label=${`Remove ${name}`} @click=${() => write(Object.fromEntries(Object.entries(members).filter(([each]) => each !== name)), required)}>${icon("close", 13)}</button>`}</div>
      ${type === "enum" ? html`<input class="inp" aria-label=${`Choices of ${name}`} placeholder="Choices, parted by commas" .value=${/** @type {unknown[]} */ (member.enum).join(", ")} ?readonly=${readonly}
        @change=${(/** @type {Event} */ event) => set({enum: [...new Set(/** @type {HTMLInputElement} */ (event.target).value.split(",").map((each) => each.trim()).filter(Boolean))]})}>` : nothing}
      ${type === "array" ? html`<select class="inp" aria-label=${`What ${name} is a list of`} ?disabled=${readonly} .value=${items} @change=${(/** @type {Event} */ event) => set({items: {...(isObject(member.items) ? member.items : {}), type: /** @type {HTMLSelectElement} */ (event.target).value}})}>
        ${items ? nothing : html`<option value="" selected>of anything</option>`}${types.map((each) => html`<option value=${each} ?selected=${each === items}>of ${each === "array" ? "list" : each}</option>`)}</select>` : nothing}
      <div class="row"><input class="inp grow" aria-label=${`Description of ${name}`} placeholder="Description" .value=${String(member.description ?? "")} ?readonly=${readonly}
          @input=${(/** @type {Event} */ event) => set({description: /** @type {HTMLInputElement} */ (event.target).value || undefined})}>
        <label class="row sm"><input type="checkbox" class="check" .checked=${required.includes(name)} ?disabled=${readonly}
          @change=${(/** @type {Event} */ event) => write(members, /** @type {HTMLInputElement} */ (event.target).checked ? names.filter((each) => each === name || required.includes(each)) : required.filter((each) => each !== name))}>Required</label></div></li>`;
  }

  /** @param {string} type @param {Schema} member @param {(changes: Schema) => void} set */
  #retype(type, member, set) {
    if (type === "enum") set({type: "string", enum: Array.isArray(member.enum) ? member.enum : ["one", "two"]});
    else set({type, enum: undefined, ...(type === "array" ? {items: isObject(member.items) ? member.items : {type: "string"}} : {items: undefined})});
  }
}

SchemaBuilder.define("cf-schema-builder");
