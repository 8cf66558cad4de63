/** Few words on models, where one is chosen. @typedef {import("../../Client/client.d.ts").Model} Model */

/** @param {Model} model */
export function contextWords(model) {
  if (!model.context) return "";
  return model.context >= 1_000_000 ? `${(model.context / 1_000_000).toFixed(model.context % 1_000_000 ? 1 : 0)} M` : model.context >= 1_000 ? `${Math.round(model.context / 1024)} k` : String(model.context);
}

/** Dollars for a million tokens, what goes in and what comes out. @param {Model} model */
export function priceWords(model) {
  if (!model.price) return "";
  const {input, output} = model.price;
  return input === 0 && output === 0 ? "free" : `$${input} / $${output}`;
}

/** How the latest calls went. @param {Model | null} model @returns {{tone: string, word: string}} */
export function healthOf(model) {
  const health = model?.health;
  if (!health || health.calls === 0) return {tone: "", word: "not asked yet"};
  const share = health.failures / health.calls;
  if (share >= 0.5) return {tone: "badd", word: `${health.failures} of ${health.calls} calls failed`};
  return share > 0.1 ? {tone: "warnd", word: `${health.failures} of ${health.calls} calls failed`} : {tone: "okd", word: "answers"};
}
