// A new run that goes on from a step of an ended one, with the draft as it is now.

import {FactoryError} from "../app/api.js";

/** @typedef {import("../app/app.js").App} App */

/**
 * @param {App} app
 * @param {string} id of the run that has ended
 * @param {string} step
 * @returns {Promise<{id: string, number: number} | null>} null where somebody turned back
 */
export async function forkWithDraft(app, id, step) {
  const ask = async (/** @type {{mode?: "normal"}} */ more) => {
    const {data} = await app.api.forkRun({id, idempotencyKey: crypto.randomUUID?.() ?? String(Math.random()).slice(2), body: {from: step, version: "draft", ...more}});
    return data;
  };
  try {
    return await ask({});
  } catch (error) {
    if (!(error instanceof FactoryError) || error.code !== "not_recorded") throw error;
    const isSure = await app.confirm({
      title: "Ask models?", action: "Ask models",
      text: "The run had recorded answers, and these answer something else than the draft asks. Models that are asked may cost something.",
    });
    return isSure ? ask({mode: "normal"}) : null;
  }
}
