import {html} from "../../dom/html.js";
import {formDialog} from "../../parts/form-dialog.js";
import {Form, selectField, textField} from "../../parts/form.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Secret} Secret */
/** @typedef {import("../../../Client/client.d.ts").Variable} Variable */
/** @typedef {import("../../../Client/client.d.ts").Environment} Environment */

const MOST_SECRET_BYTES = 65_536;
const MOST_VARIABLE_BYTES = 4096;
const MOST_HOSTS = 20;

/** @param {string} name */
const nameRefusal = (name) => /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name) ? null : "Letters, digits and “_”, not beginning with a digit, up to 128.";

/** @param {string} text @param {number} most */
const sizeRefusal = (text, most) => new Blob([text]).size > most ? `At most ${most / 1024} KiB.` : null;

/** @param {string} text of hosts, one a line or with commas */
const hostsOf = (text) => text.split(/[\s,]+/).filter((host) => host !== "");

/** @param {Environment[]} environments */
const environmentOptions = (environments) => [
  {value: "", text: "No environment"},
  ...environments.map(({name}) => ({value: name, text: name})),
];

/**
 * Asks for a secret's value and keeps it. Without a secret given it makes a new one and overwrites none.
 * @param {App} app
 * @param {Environment[]} environments
 * @param {Secret | null} secret
 */
export function askSecret(app, environments, secret) {
  const form = new Form({
    name: secret?.name ?? "", environment: secret?.environment ?? "", value: "",
    hosts: secret?.hosts.join("\n") ?? "", description: secret?.description ?? "",
  }, (values) => ({
    name: nameRefusal(values.name),
    value: values.value === "" ? "A value is needed." : sizeRefusal(values.value, MOST_SECRET_BYTES),
    hosts: hostsOf(values.hosts).length > MOST_HOSTS ? `At most ${MOST_HOSTS} hosts.` : null,
  }), async (values) => {
    await app.api.putSecret({name: values.name, ...(secret ? {} : {ifNoneMatch: "*"}), body: {
      value: values.value, hosts: hostsOf(values.hosts),
      description: values.description || null, environment: values.environment || null,
    }});
  });
  return formDialog({
    title: secret ? `New value for ${secret.name}` : "Add a secret",
    text: "Sealed when it is saved, and shown to nobody after that.", form, action: secret ? "Save" : "Add",
    fields: () => html`
      ${secret ? place(secret.environment) : html`<div class="two">
        ${textField(form, "name", {label: "Name", mono: true, max: 128, hint: "Steps write it as secrets.NAME."})}
        ${selectField(form, "environment", {label: "Environment", options: environmentOptions(environments)})}</div>`}
      ${textField(form, "value", {label: "Value", type: "password", autocomplete: "new-password", mono: true})}
      ${textField(form, "hosts", {label: "Only to these hosts", rows: 2, mono: true, placeholder: "api.example.com", hint: "One a line, with a port if wanted, or *.example.com. Empty is everywhere."})}
      ${textField(form, "description", {label: "Description", max: 500})}`,
  });
}

/** @param {string | null} environment */
const place = (environment) => html`<p class="muted">${environment === null ? "For wherever no environment has its own." : html`In the environment <code>${environment}</code>.`}</p>`;

/**
 * Asks for a variable and keeps it.
 * @param {App} app
 * @param {Environment[]} environments
 * @param {Variable | null} variable
 */
export function askVariable(app, environments, variable) {
  const form = new Form({
    name: variable?.name ?? "", environment: variable?.environment ?? "", value: variable?.value ?? "", description: variable?.description ?? "",
  }, (values) => ({name: nameRefusal(values.name), value: sizeRefusal(values.value, MOST_VARIABLE_BYTES)}), async (values) => {
    await app.api.putVariable({
      name: values.name, ...(variable ? {ifMatch: `"${variable.version}"`} : {ifNoneMatch: "*"}),
      body: {value: values.value, description: values.description || null, environment: values.environment || null},
    });
  });
  return formDialog({
    title: variable ? `Change ${variable.name}` : "Add a variable", text: "A plain value. Everybody who reads your runs can see it.",
    form, action: variable ? "Save" : "Add",
    fields: () => html`
      ${variable ? place(variable.environment) : html`<div class="two">
        ${textField(form, "name", {label: "Name", mono: true, max: 128, hint: "Expressions write it as vars.NAME."})}
        ${selectField(form, "environment", {label: "Environment", options: environmentOptions(environments)})}</div>`}
      ${textField(form, "value", {label: "Value", rows: 3, mono: true})}
      ${textField(form, "description", {label: "Description", max: 500})}`,
  });
}

/**
 * Asks for an environment and keeps it.
 * @param {App} app
 * @param {Environment | null} environment
 */
export function askEnvironment(app, environment) {
  const form = new Form({name: environment?.name ?? "", description: environment?.description ?? ""}, (values) => ({
    name: /^[a-z0-9][a-z0-9_-]{0,63}$/.test(values.name) ? null : "Small letters, digits, “-” and “_”, up to 64.",
  }), async (values) => {
    await app.api.putEnvironment({name: values.name, ...(environment ? {} : {ifNoneMatch: "*"}), body: {description: values.description || null}});
  });
  return formDialog({
    title: environment ? `Change ${environment.name}` : "Add an environment",
    text: "A name under which secrets and variables have values of their own, such as dev, stage or prod.", form, action: environment ? "Save" : "Add",
    fields: () => html`
      ${environment ? null : textField(form, "name", {label: "Name", mono: true, max: 64})}
      ${textField(form, "description", {label: "Description", max: 500})}`,
  });
}
