import {html} from "../../dom/html.js";
import {signal} from "../../dom/signal.js";
import {formatMoment} from "../../model/format.js";
import {formDialog} from "../../parts/form-dialog.js";
import {Form, selectField, textField} from "../../parts/form.js";
import {once} from "../../parts/once.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Account} Account */
/** @typedef {import("../../../Client/client.d.ts").AccountRole} AccountRole */

const ROLES = [{value: "member", text: "Member"}, {value: "admin", text: "Admin: also manages people and sees everything"}];

/** @param {string} text */
const emailRefusal = (text) => text === "" || /^[^\s@]+@[^\s@]+$/.test(text) ? null : "This is no e-mail address.";

/** @param {App} app @param {{url: string, expires_at: string}} link */
const shown = (app, link) => html`
  <p>Send this link yourself; the server sends no mail. It is good once, until ${formatMoment(link.expires_at)}, and is not shown again.</p>
  ${once(app, {label: "Link", value: link.url})}`;

/** Makes a link for a new account. @param {App} app */
export function invitePerson(app) {
  const link = signal({url: "", expires_at: ""});
  const form = new Form({role: "member", email: ""}, (values) => ({email: emailRefusal(values.email)}), async (values) => {
    const {data} = await app.api.createInvitation({body: {kind: "invite", role: /** @type {AccountRole} */ (values.role), email: values.email || null}});
    link.value = data;
  });
  return formDialog({
    title: "Invite somebody", text: "You get a link for one new account, good for 72 hours.", form, action: "Make link",
    fields: () => html`
      ${selectField(form, "role", {label: "Role", options: ROLES})}
      ${textField(form, "email", {label: "E-mail address", type: "email", hint: "Optional. It becomes the address of the account."})}`,
    after: () => shown(app, link.value),
  });
}

/** Makes a link that sets a new password. @param {App} app @param {Account} account */
export function resetPassword(app, account) {
  const link = signal({url: "", expires_at: ""});
  const form = new Form({}, () => ({}), async () => {
    const {data} = await app.api.createInvitation({body: {kind: "reset", account: account.id}});
    link.value = data;
  });
  return formDialog({
    title: `Reset link for ${account.name}`, form, action: "Make link",
    fields: () => html`<p>With the link ${account.name} sets a new password. The present one works until then.</p>`,
    after: () => shown(app, link.value),
  });
}

/** @param {App} app @param {Account} account */
export function changePerson(app, account) {
  const form = new Form({name: account.name, email: account.email ?? "", role: /** @type {string} */ (account.role)}, (values) => ({
    name: values.name.trim() === "" ? "A name is needed." : null, email: emailRefusal(values.email),
  }), async (values) => {
    await app.api.changeUser({id: account.id, body: {
      name: values.name, email: values.email || null, ...(values.role !== account.role ? {role: /** @type {AccountRole} */ (values.role)} : {}),
    }});
    if (account.id === app.session.value?.account.id) await app.session.renew();
  });
  return formDialog({
    title: `Change ${account.name}`, form, action: "Save",
    fields: () => html`
      ${textField(form, "name", {label: "Name", max: 64})}
      ${textField(form, "email", {label: "E-mail address", type: "email"})}
      ${selectField(form, "role", {label: "Role", options: ROLES, hint: "Another role ends all sessions of the account."})}`,
  });
}

/**
 * Deletes an account. What it owns goes to another; where nobody is named and there is something, the server says what.
 * @param {App} app
 * @param {Account} account
 * @param {Account[]} all
 */
export function deletePerson(app, account, all) {
  const form = new Form({transfer_to: ""}, () => ({}), async (values) => {
    await app.api.removeUser({id: account.id, ...(values.transfer_to ? {transfer_to: values.transfer_to} : {})});
  });
  const others = all.filter((one) => one.id !== account.id && one.disabled_at === null).map((one) => ({value: one.id, text: one.name}));
  return formDialog({
    title: `Delete ${account.name}`, text: "Their secrets, variables, keys and sessions go with the account. Files of their workspace stay on the disk.",
    form, action: "Delete", danger: true,
    fields: () => selectField(form, "transfer_to", {label: "Pipelines and runs go to", options: [{value: "", text: "Nobody: there are none"}, ...others]}),
  });
}
