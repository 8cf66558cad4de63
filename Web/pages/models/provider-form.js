import {html, nothing} from "../../dom/html.js";
import {addressRefusal, isPrivate, KINDS, nameRefusal} from "../../model/models.js";
import {formDialog} from "../../parts/form-dialog.js";
import {checkField, Form, selectField, textField} from "../../parts/form.js";
import {icon} from "../../parts/icon.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Provider} Provider */
/** @typedef {import("../../../Client/client.d.ts").ProviderKind} ProviderKind */
/** @typedef {{name: string, kind: string, base_url: string, key: string, no_key: boolean, for_all: boolean}} ProviderValues */

/** @param {ProviderValues} values */
const check = (values) => ({
  name: nameRefusal(values.name),
  base_url: addressRefusal(values.base_url),
  key: /^[!-~]*$/.test(values.key) ? null : "A key has no spaces and only ASCII characters.",
});

/**
 * Asks for a new provider and adds it.
 * @param {App} app
 * @param {Partial<ProviderValues>} given
 */
export function addProvider(app, given = {}) {
  const initial = {name: "", kind: "openai", base_url: KINDS[0]?.base ?? "", key: "", no_key: false, for_all: false, ...given};
  const form = new Form(initial, check, async (values) => {
    await app.api.createProvider({body: {
      name: values.name, kind: /** @type {ProviderKind} */ (values.kind), base_url: values.base_url,
      ...(values.key ? {key: values.key} : {}), ...(values.for_all ? {for_all: true} : {}),
    }});
  });
  return formDialog({title: "Add a provider", text: "Models that your prompts may ask.", form, fields: () => fields(app, form, null), action: "Add"});
}

/**
 * Asks for changes of a provider and makes them. What stays empty of the key leaves it as it is.
 * @param {App} app
 * @param {Provider} provider
 */
export function editProvider(app, provider) {
  /** @type {ProviderValues} */
  const initial = {name: provider.name, kind: provider.kind, base_url: provider.base_url, key: "", no_key: false, for_all: provider.scope === "all"};
  const form = new Form(initial, check, async (values) => {
    const key = values.no_key ? {key: null} : values.key ? {key: values.key} : {};
    await app.api.changeProvider({id: provider.id, body: {
      name: values.name, kind: /** @type {ProviderKind} */ (values.kind), base_url: values.base_url, ...key,
    }});
  });
  return formDialog({title: `Edit ${provider.name}`, form, fields: () => fields(app, form, provider), action: "Save"});
}

/** @param {App} app @param {Form<ProviderValues>} form @param {Provider | null} provider */
function fields(app, form, provider) {
  const {kind, base_url} = form.values;
  const known = KINDS.find((one) => one.kind === kind);
  const isAdmin = app.can("administer");
  return html`
    <div class="two">
      ${textField(form, "name", {label: "Name", mono: true, max: 64, hint: "Prompts name a model as name/model."})}
      ${selectField(form, "kind", {label: "Speaks the format of", options: KINDS.map((one) => ({value: one.kind, text: one.title}))})}
    </div>
    ${textField(form, "base_url", {label: "Base URL", mono: true, inputmode: "url", placeholder: known?.base, hint: known?.hint})}
    ${isPrivate(base_url) && base_url !== provider?.base_url ? openness(isAdmin) : nothing}
    ${textField(form, "key", {label: "Key", type: "password", autocomplete: "off", mono: true, max: 4096, disabled: form.values.no_key,
      hint: provider?.has_key ? "There is one. It is shown to nobody; what you type here takes its place." : "Sealed, and never shown again. Leave it empty where none is needed."})}
    ${provider?.has_key ? checkField(form, "no_key", {label: "Remove the key"}) : nothing}
    ${isAdmin && !provider ? checkField(form, "for_all", {label: "For everybody", hint: "Every account of this server may use it."}) : nothing}`;
}

/** What it means that an address is not public. @param {boolean} isAdmin */
const openness = (isAdmin) => html`
  <div class=${isAdmin ? "banner info" : "banner warn"}>${icon(isAdmin ? "info" : "warn")}<span>${isAdmin
    ? "This address is on a private network or has a port of its own. Saving opens it to the steps of all pipelines."
    : "This address is on a private network or has a port of its own. It can be used once an admin has opened it."}</span></div>`;
