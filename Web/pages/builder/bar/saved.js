import {html} from "../../../dom/html.js";
import {icon} from "../../../parts/icon.js";

/**
 * How far the changes are, in a word; the whole reason as its title.
 * @param {import("../../../model/editor-model.js").EditorModel} model
 * @param {() => void} decide
 */
export function savedView(model, decide) {
  const saving = model.saving.value;
  if (!model.canEdit) return html`<span class="saved sm dim" title=${model.readOnlyReason.value ?? ""}>${icon("lock", 13)}<span>View only</span></span>`;
  switch (saving.state) {
    case "saved": return html`<span class="saved sm dim">${icon("check", 13)}<span class="hide-m">Saved</span></span>`;
    case "pending": case "saving": return html`<span class="saved sm dim">${icon("live", 13, "spin")}<span class="hide-m">Saving…</span></span>`;
    case "conflict": return html`<button class="btn sm danger saved" type="button" @click=${decide}>${icon("warn", 13)}Conflict</button>`;
    case "text": return html`<span class="saved sm st warn" title=${saving.reason}>${icon("warn", 13)}<span>Not saved</span></span>`;
    default: return html`<button class="btn sm saved warn" type="button" title=${`${saving.reason}. Your changes are kept in this tab.`} @click=${() => void model.flush()}>
      ${icon(saving.offline ? "offline" : "warn", 13)}<span>${saving.offline ? "Not saved, offline" : "Not saved"}</span><span class="hide-m">· Retry</span></button>`;
  }
}
