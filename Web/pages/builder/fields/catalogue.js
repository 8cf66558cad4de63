import {computed, signal} from "../../../dom/signal.js";

/**
 * @typedef {import("../../../app/app.js").App} App
 * @typedef {import("../../../../Client/client.d.ts").Model} Model
 * @typedef {import("../../../../Client/client.d.ts").ModelAlias} ModelAlias
 * @typedef {import("../../../../Client/client.d.ts").Secret} Secret
 * @typedef {import("../../../../Client/client.d.ts").Environment} Environment
 * @typedef {import("../../../../Client/client.d.ts").Variable} Variable
 */

/** @typedef {{state: "loading" | "ready" | "failed", error: unknown}} Load */

/** What the server stores besides pipelines and forms choose from. It is asked for when a form opens. */
export class Catalogue {
  /** @type {{value: Model[], peek(): Model[]}} */
  models = signal(/** @type {Model[]} */ ([]));
  /** @type {{value: ModelAlias[], peek(): ModelAlias[]}} */
  aliases = signal(/** @type {ModelAlias[]} */ ([]));
  /** @type {{value: Secret[], peek(): Secret[]}} */
  secrets = signal(/** @type {Secret[]} */ ([]));
  /** @type {{value: Variable[], peek(): Variable[]}} */
  variables = signal(/** @type {Variable[]} */ ([]));
  /** @type {{value: Environment[], peek(): Environment[]}} */
  environments = signal(/** @type {Environment[]} */ ([]));
  /** @type {{value: Load, peek(): Load}} */
  modelsLoad = signal(/** @type {Load} */ ({state: "loading", error: null}));
  names = computed(() => ({
    secrets: [...new Set(this.secrets.value.map((secret) => secret.name))].sort(),
    variables: [...new Set(this.variables.value.map((variable) => variable.name))].sort(),
  }));

  /** @param {App} app */
  constructor(app) {
    this.app = app;
  }

  /** Asks anew; what is there stays until the answer. */
  async load() {
    const {api} = this.app;
    const quietly = async (/** @type {() => Promise<void>} */ ask) => {
      // Forms work without: names can be typed, and the server checks them.
      try { await ask(); } catch { /* what was there stays */ }
    };
    await Promise.all([
      this.loadModels(),
      quietly(async () => { this.secrets.value = (await api.listSecrets({limit: 200})).data.items; }),
      quietly(async () => { this.variables.value = (await api.listVariables({limit: 200})).data.items; }),
      quietly(async () => { this.environments.value = (await api.listEnvironments({limit: 100})).data.items; }),
    ]);
  }

  /** @param {boolean} [refresh] whether the server asks the providers first */
  async loadModels(refresh) {
    try {
      const {data} = await this.app.api.listModels(refresh ? {refresh} : {});
      this.models.value = data.items;
      this.aliases.value = data.aliases;
      this.modelsLoad.value = {state: "ready", error: null};
    } catch (error) {
      this.modelsLoad.value = {state: "failed", error};
    }
  }
}

/** @type {WeakMap<App, Catalogue>} */
const known = new WeakMap();

/** The one of an app. @param {App} app @param {boolean} [anew] whether the server is asked again */
export function catalogueOf(app, anew = true) {
  const catalogue = known.get(app) ?? new Catalogue(app);
  known.set(app, catalogue);
  if (anew) catalogue.load();
  return catalogue;
}
