// Written by scripts/client from the contract of the API; change that, or core.js beside this.
// The client of Code Factory's HTTP API, for browsers, Node 18 and later, Deno and Bun. No dependencies.
//
//   const factory = new Factory({server: "http://127.0.0.1:7070", key: "cf_…"});
//   const {data: run} = await factory.startRun({id: "pl_…", body: {inputs: {}}});
//   for await (const event of factory.followRun({id: run.id})) console.log(event.type, event.data);

/** A refusal of the server: problem+json, with its members as properties of `problem`. */
export class FactoryError extends Error {
  constructor(status, problem, requestID) {
    super(problem.detail ?? problem.title ?? `the server answered ${status}`);
    this.name = "FactoryError";
    this.status = status;
    this.code = problem.code ?? null;
    this.hint = problem.hint ?? null;
    this.errors = problem.errors ?? [];
    this.problem = problem;
    this.requestID = requestID;
  }
}

const RECONNECT_MS = 1000;
const MOST_RECONNECTS = 10;

const inHeaders = {
  ifMatch: "If-Match", ifNoneMatch: "If-None-Match", idempotencyKey: "Idempotency-Key", prefer: "Prefer",
  accept: "Accept", range: "Range", csrfToken: "X-CSRF-Token",
};

class Requests {
  #server;
  #key;
  #fetch;
  #headers;

  constructor({server = "", key = null, fetch: send = globalThis.fetch, headers = {}} = {}) {
    this.#server = server.replace(/\/+$/, "");
    this.#key = key;
    this.#fetch = send;
    this.#headers = headers;
  }

  async _send(operation, given = {}) {
    const response = await this.#answer(operation, given, {});
    const type = (response.headers.get("Content-Type") ?? "").split(";")[0];
    let data = null;
    const isFile = response.headers.has("Content-Disposition");
    if (isFile) data = new Uint8Array(await response.arrayBuffer());
    else if (type === "application/json") data = await response.json();
    else if (type.startsWith("text/") || type === "application/yaml") data = await response.text();
    else if (response.status !== 204) data = new Uint8Array(await response.arrayBuffer());
    return {status: response.status, etag: response.headers.get("ETag"), headers: response.headers, data};
  }

  async *_stream(operation, given = {}) {
    let last = given.lastEventID ?? null;
    let wait = RECONNECT_MS;
    for (let failures = 0; ;) {
      let ended = false;
      try {
        const response = await this.#answer(operation, given, last === null ? {} : {"Last-Event-ID": last});
        for await (const event of readEvents(response.body)) {
          if (event.retry !== undefined) wait = event.retry;
          else {
            failures = 0;
            if (event.id !== null) last = event.id;
            yield {id: event.id, type: event.type, data: JSON.parse(event.data)};
            ended = event.type === "run.finished";
          }
        }
        // A stream of a run is over after its last event; any other end is a server that stops.
        if (ended || operation.name === "followRun") return;
      } catch (error) {
        if (error instanceof FactoryError || given.signal?.aborted || ++failures > MOST_RECONNECTS) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #answer(operation, given, more) {
    const headers = new Headers({...this.#headers, ...more});
    if (this.#key !== null) headers.set("Authorization", `Bearer ${this.#key}`);
    for (const [name, header] of Object.entries(inHeaders)) {
      if (given[name] !== undefined) headers.set(header, given[name]);
    }
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => {
      if (given[name] === undefined) throw new TypeError(`${operation.name} needs ${name}`);
      return encodeURIComponent(given[name]);
    });
    const query = new URLSearchParams();
    for (const name of operation.query) {
      const value = given[name];
      if (value !== undefined && value !== null) query.set(name, Array.isArray(value) ? value.join(",") : value);
    }
    let body;
    if (given.body !== undefined) {
      const isText = typeof given.body === "string" || given.body instanceof Uint8Array || given.body instanceof Blob;
      body = isText ? given.body : JSON.stringify(given.body);
      headers.set("Content-Type", given.contentType ?? (isText ? operation.bytes : operation.json) ?? "application/json");
    }
    const text = query.toString();
    const response = await this.#fetch(this.#server + path + (text ? `?${text}` : ""), {
      method: operation.method, headers, body, signal: given.signal,
    });
    if (response.ok || response.status === 304) return response;
    let problem = {};
    try {
      problem = await response.json();
    } catch {
      // What answered is no server of Code Factory, or a proxy before it: the status is all there is.
    }
    throw new FactoryError(response.status, problem, response.headers.get("X-Request-ID"));
  }
}

/** The items of a list, page after page: `for await (const run of each((page) => factory.listRuns(page)))`. */
export async function* each(list, given = {}) {
  let cursor;
  do {
    const {data} = await list({...given, cursor});
    yield* data.items;
    cursor = data.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

async function* readEvents(body) {
  const decoder = new TextDecoder();
  let rest = "";
  let event = {id: null, type: "message", data: []};
  for await (const piece of pieces(body)) {
    rest += decoder.decode(piece, {stream: true});
    const lines = rest.split("\n");
    rest = lines.pop();
    for (const raw of lines) {
      const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
      if (line === "") {
        if (event.data.length) yield {...event, data: event.data.join("\n")};
        event = {id: event.id, type: "message", data: []};
        continue;
      }
      const colon = line.indexOf(":");
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (name === "data") event.data.push(value);
      else if (name === "event") event.type = value;
      else if (name === "id") event.id = value;
      else if (name === "retry") yield {retry: Number(value)};
    }
  }
}

async function* pieces(body) {
  const reader = body.getReader();
  try {
    for (;;) {
      const {done, value} = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Every operation of the API. Parameters are named as in the contract. */
export class Factory extends Requests {
  /** Use a one-time link. */
  acceptInvitation(given) {
    return this._send({name: "acceptInvitation", method: "POST", path: "/api/v1/invitations/accept", query: [], json: "application/json"}, given);
  }

  /** Take up a link. */
  acceptShareLink(given) {
    return this._send({name: "acceptShareLink", method: "POST", path: "/api/v1/share-links/accept", query: [], json: "application/json"}, given);
  }

  /** Say something about it or a step of it. */
  addComment(given) {
    return this._send({name: "addComment", method: "POST", path: "/api/v1/pipelines/{id}/comments", query: [], json: "application/json"}, given);
  }

  /** Put it among your favourites. */
  addFavourite(given) {
    return this._send({name: "addFavourite", method: "PUT", path: "/api/v1/pipelines/{id}/favourite", query: []}, given);
  }

  /** Add a step. */
  addStep(given) {
    return this._send({name: "addStep", method: "POST", path: "/api/v1/pipelines/{id}/steps", query: ["draft", "at"], json: "application/json", bytes: "application/yaml"}, given);
  }

  /** Add one of them, which opens its endpoint. */
  admitProvider(given) {
    return this._send({name: "admitProvider", method: "POST", path: "/api/v1/providers/found", query: [], json: "application/json"}, given);
  }

  /** Carry out what waits for a decision. */
  applyChanges(given) {
    return this._send({name: "applyChanges", method: "POST", path: "/api/v1/runs/{id}/changes/apply", query: [], json: "application/json"}, given);
  }

  /** Give up an installation that is under way. */
  cancelLocalModel(given) {
    return this._send({name: "cancelLocalModel", method: "DELETE", path: "/api/v1/providers/install-local", query: []}, given);
  }

  /** Stop it, and what runs in it, at once. */
  cancelRun(given) {
    return this._send({name: "cancelRun", method: "POST", path: "/api/v1/runs/{id}/cancel", query: [], json: "application/json"}, given);
  }

  /** Change what is named, leave the rest. */
  changeAlert(given) {
    return this._send({name: "changeAlert", method: "PATCH", path: "/api/v1/alerts/{id}", query: [], json: "application/json"}, given);
  }

  /** Change your comment, or resolve one. */
  changeComment(given) {
    return this._send({name: "changeComment", method: "PATCH", path: "/api/v1/pipelines/{id}/comments/{comment_id}", query: [], json: "application/json"}, given);
  }

  /** Write down what you know better than the provider says. */
  changeModel(given) {
    return this._send({name: "changeModel", method: "PATCH", path: "/api/v1/models/{id}", query: [], json: "application/json"}, given);
  }

  /** Change members of its document. */
  changePipeline(given) {
    return this._send({name: "changePipeline", method: "PATCH", path: "/api/v1/pipelines/{id}", query: ["draft", "merge"], json: "application/json"}, given);
  }

  /** Change it. */
  changeProvider(given) {
    return this._send({name: "changeProvider", method: "PATCH", path: "/api/v1/providers/{id}", query: [], json: "application/json"}, given);
  }

  /** Change what is named, leave the rest. */
  changeTrigger(given) {
    return this._send({name: "changeTrigger", method: "PATCH", path: "/api/v1/pipelines/{id}/triggers/{trigger_id}", query: [], json: "application/json"}, given);
  }

  /** Change an account. */
  changeUser(given) {
    return this._send({name: "changeUser", method: "PATCH", path: "/api/v1/users/{id}", query: [], json: "application/json"}, given);
  }

  /** Change what is named, leave the rest. */
  changeWebhook(given) {
    return this._send({name: "changeWebhook", method: "PATCH", path: "/api/v1/webhooks/{id}", query: [], json: "application/json"}, given);
  }

  /** A client of this API for JavaScript. */
  clientScript(given) {
    return this._send({name: "clientScript", method: "GET", path: "/api/v1/client.js", query: []}, given);
  }

  /** Its types for TypeScript. */
  clientTypes(given) {
    return this._send({name: "clientTypes", method: "GET", path: "/api/v1/client.d.ts", query: []}, given);
  }

  /** What another version has otherwise. */
  compareVersion(given) {
    return this._send({name: "compareVersion", method: "GET", path: "/api/v1/pipelines/{id}/versions/{number}/diff", query: ["to"]}, given);
  }

  /** Send the next piece of an upload. */
  continueUpload(given) {
    return this._send({name: "continueUpload", method: "PATCH", path: "/api/v1/uploads/{id}", query: [], bytes: "application/octet-stream"}, given);
  }

  /** Make an access key. */
  createAccessKey(given) {
    return this._send({name: "createAccessKey", method: "POST", path: "/api/v1/access-keys", query: [], json: "application/json"}, given);
  }

  /** Be told of something. */
  createAlert(given) {
    return this._send({name: "createAlert", method: "POST", path: "/api/v1/alerts", query: [], json: "application/json"}, given);
  }

  /** Make a one-time link. */
  createInvitation(given) {
    return this._send({name: "createInvitation", method: "POST", path: "/api/v1/invitations", query: [], json: "application/json"}, given);
  }

  /** Keep a document as a pipeline. */
  createPipeline(given) {
    return this._send({name: "createPipeline", method: "POST", path: "/api/v1/pipelines", query: ["draft"], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** Add a provider, for your runs or for everybody's. */
  createProvider(given) {
    return this._send({name: "createProvider", method: "POST", path: "/api/v1/providers", query: [], json: "application/json"}, given);
  }

  /** Make a link. */
  createShareLink(given) {
    return this._send({name: "createShareLink", method: "POST", path: "/api/v1/pipelines/{id}/share-links", query: [], json: "application/json"}, given);
  }

  /** Make a schedule or a webhook. */
  createTrigger(given) {
    return this._send({name: "createTrigger", method: "POST", path: "/api/v1/pipelines/{id}/triggers", query: [], json: "application/json"}, given);
  }

  /** Begin a file that comes in pieces. */
  createUpload(given) {
    return this._send({name: "createUpload", method: "POST", path: "/api/v1/uploads", query: [], json: "application/json"}, given);
  }

  /** Make an account. */
  createUser(given) {
    return this._send({name: "createUser", method: "POST", path: "/api/v1/users", query: [], json: "application/json"}, given);
  }

  /** Have messages about runs sent somewhere. */
  createWebhook(given) {
    return this._send({name: "createWebhook", method: "POST", path: "/api/v1/webhooks", query: [], json: "application/json"}, given);
  }

  /** Delete a file. */
  deleteFile(given) {
    return this._send({name: "deleteFile", method: "DELETE", path: "/api/v1/files", query: ["path"]}, given);
  }

  /** Leave the files as they are. */
  discardChanges(given) {
    return this._send({name: "discardChanges", method: "POST", path: "/api/v1/runs/{id}/changes/discard", query: [], json: "application/json"}, given);
  }

  /** What works on this host and what does not, with the fix. */
  doctor(given) {
    return this._send({name: "doctor", method: "GET", path: "/api/v1/doctor", query: []}, given);
  }

  /** End a session. */
  endSession(given) {
    return this._send({name: "endSession", method: "DELETE", path: "/api/v1/sessions/{id}", query: []}, given);
  }

  /** What an expression, a template or ops give. */
  evaluate(given) {
    return this._send({name: "evaluate", method: "POST", path: "/api/v1/pipelines/{id}/evaluate", query: [], json: "application/json"}, given);
  }

  /** Your pipelines with their documents as written. */
  exportPipelines(given) {
    return this._send({name: "exportPipelines", method: "GET", path: "/api/v1/pipelines/export", query: ["limit", "cursor"]}, given);
  }

  /** Model servers that answer on this machine. */
  findProviders(given) {
    return this._send({name: "findProviders", method: "GET", path: "/api/v1/providers/found", query: []}, given);
  }

  /** What happens with it, as it happens. */
  async *followPipeline(given) {
    yield* this._stream({name: "followPipeline", method: "GET", path: "/api/v1/pipelines/{id}/events", query: ["presence"]}, given);
  }

  /** The same for every pipeline that you may see. */
  async *followPipelines(given) {
    yield* this._stream({name: "followPipelines", method: "GET", path: "/api/v1/events", query: []}, given);
  }

  /** Everything that happens in a run, as server-sent events. */
  async *followRun(given) {
    yield* this._stream({name: "followRun", method: "GET", path: "/api/v1/runs/{id}/events", query: []}, given);
  }

  /** Start a run that goes on from a step of one that has ended. */
  forkRun(given) {
    return this._send({name: "forkRun", method: "POST", path: "/api/v1/runs/{id}/fork", query: [], json: "application/json"}, given);
  }

  /** One of them. */
  getAlert(given) {
    return this._send({name: "getAlert", method: "GET", path: "/api/v1/alerts/{id}", query: []}, given);
  }

  /** All of them in one zip archive. */
  getArchive(given) {
    return this._send({name: "getArchive", method: "GET", path: "/api/v1/runs/{id}/archive", query: []}, given);
  }

  /** One of them, as a download. */
  getArtifact(given) {
    return this._send({name: "getArtifact", method: "GET", path: "/api/v1/artifacts/{id}", query: []}, given);
  }

  /** The files a run changed, each with its diff. */
  getChanges(given) {
    return this._send({name: "getChanges", method: "GET", path: "/api/v1/runs/{id}/changes", query: []}, given);
  }

  /** One of them, with its body where that is kept. */
  getDelivery(given) {
    return this._send({name: "getDelivery", method: "GET", path: "/api/v1/pipelines/{id}/triggers/{trigger_id}/deliveries/{delivery_id}", query: []}, given);
  }

  /** An environment. */
  getEnvironment(given) {
    return this._send({name: "getEnvironment", method: "GET", path: "/api/v1/environments/{name}", query: []}, given);
  }

  /** A file of your workspace as a download, or what a folder holds. */
  getFile(given) {
    return this._send({name: "getFile", method: "GET", path: "/api/v1/files", query: ["path", "limit", "cursor"]}, given);
  }

  /** Where its steps stand on the canvas. */
  getLayout(given) {
    return this._send({name: "getLayout", method: "GET", path: "/api/v1/pipelines/{id}/layout", query: []}, given);
  }

  /** How the small local model stands. */
  getLocalModel(given) {
    return this._send({name: "getLocalModel", method: "GET", path: "/api/v1/providers/install-local", query: []}, given);
  }

  /** A pipeline with its document. */
  getPipeline(given) {
    return this._send({name: "getPipeline", method: "GET", path: "/api/v1/pipelines/{id}", query: []}, given);
  }

  /** One provider. */
  getProvider(given) {
    return this._send({name: "getProvider", method: "GET", path: "/api/v1/providers/{id}", query: []}, given);
  }

  /** A run with its steps, attempts and the document it runs. */
  getRun(given) {
    return this._send({name: "getRun", method: "GET", path: "/api/v1/runs/{id}", query: []}, given);
  }

  /** What the steps of a run printed and their models wrote. */
  getRunLogs(given) {
    return this._send({name: "getRunLogs", method: "GET", path: "/api/v1/runs/{id}/logs", query: ["limit", "cursor", "order"]}, given);
  }

  /** What is known of a secret; the value is shown to nobody. */
  getSecret(given) {
    return this._send({name: "getSecret", method: "GET", path: "/api/v1/secrets/{name}", query: ["environment"]}, given);
  }

  /** Who am I. */
  getSession(given) {
    return this._send({name: "getSession", method: "GET", path: "/api/v1/session", query: []}, given);
  }

  /** Who may see and use it. */
  getShares(given) {
    return this._send({name: "getShares", method: "GET", path: "/api/v1/pipelines/{id}/shares", query: []}, given);
  }

  /** A step. */
  getStep(given) {
    return this._send({name: "getStep", method: "GET", path: "/api/v1/pipelines/{id}/steps/{step_id}", query: []}, given);
  }

  /** The same of one step. */
  getStepLogs(given) {
    return this._send({name: "getStepLogs", method: "GET", path: "/api/v1/runs/{id}/steps/{step_id}/logs", query: ["limit", "cursor", "order"]}, given);
  }

  /** One step of a run, with what it got and gave. */
  getStepRun(given) {
    return this._send({name: "getStepRun", method: "GET", path: "/api/v1/runs/{id}/steps/{step_id}", query: []}, given);
  }

  /** A template with its document, its page and its sample. */
  getTemplate(given) {
    return this._send({name: "getTemplate", method: "GET", path: "/api/v1/templates/{name}", query: []}, given);
  }

  /** One of them. */
  getTrigger(given) {
    return this._send({name: "getTrigger", method: "GET", path: "/api/v1/pipelines/{id}/triggers/{trigger_id}", query: []}, given);
  }

  /** How much of an upload has come. */
  getUpload(given) {
    return this._send({name: "getUpload", method: "GET", path: "/api/v1/uploads/{id}", query: []}, given);
  }

  /** What your runs used, and how they went. */
  getUsage(given) {
    return this._send({name: "getUsage", method: "GET", path: "/api/v1/usage", query: ["since", "until", "pipeline", "all"]}, given);
  }

  /** An account. */
  getUser(given) {
    return this._send({name: "getUser", method: "GET", path: "/api/v1/users/{id}", query: []}, given);
  }

  /** A variable with its value. */
  getVariable(given) {
    return this._send({name: "getVariable", method: "GET", path: "/api/v1/variables/{name}", query: ["environment"]}, given);
  }

  /** A version with its document. */
  getVersion(given) {
    return this._send({name: "getVersion", method: "GET", path: "/api/v1/pipelines/{id}/versions/{number}", query: []}, given);
  }

  /** One of them. */
  getWebhook(given) {
    return this._send({name: "getWebhook", method: "GET", path: "/api/v1/webhooks/{id}", query: []}, given);
  }

  /** The process answers. */
  health(given) {
    return this._send({name: "health", method: "GET", path: "/healthz", query: []}, given);
  }

  /** Keep several documents at once. */
  importPipelines(given) {
    return this._send({name: "importPipelines", method: "POST", path: "/api/v1/pipelines/import", query: ["existing"], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** Install the small local model, start it, and add it for all. */
  installLocalModel(given) {
    return this._send({name: "installLocalModel", method: "POST", path: "/api/v1/providers/install-local", query: [], json: "application/json"}, given);
  }

  /** One's own access keys, newest first. */
  listAccessKeys(given) {
    return this._send({name: "listAccessKeys", method: "GET", path: "/api/v1/access-keys", query: []}, given);
  }

  /** What was done with it, and its runs. */
  listActivity(given) {
    return this._send({name: "listActivity", method: "GET", path: "/api/v1/pipelines/{id}/activity", query: ["limit", "cursor"]}, given);
  }

  /** What you want to be told of. */
  listAlerts(given) {
    return this._send({name: "listAlerts", method: "GET", path: "/api/v1/alerts", query: []}, given);
  }

  /** The files a run wrote. */
  listArtifacts(given) {
    return this._send({name: "listArtifacts", method: "GET", path: "/api/v1/runs/{id}/artifacts", query: []}, given);
  }

  /** Who did what, newest first. */
  listAudit(given) {
    return this._send({name: "listAudit", method: "GET", path: "/api/v1/audit", query: ["limit", "cursor", "account", "action", "object"]}, given);
  }

  /** What is said about it. */
  listComments(given) {
    return this._send({name: "listComments", method: "GET", path: "/api/v1/pipelines/{id}/comments", query: ["limit", "cursor", "step", "resolved"]}, given);
  }

  /** What set it off, and what came of it. */
  listDeliveries(given) {
    return this._send({name: "listDeliveries", method: "GET", path: "/api/v1/pipelines/{id}/triggers/{trigger_id}/deliveries", query: ["limit", "cursor"]}, given);
  }

  /** Your environments, by name. */
  listEnvironments(given) {
    return this._send({name: "listEnvironments", method: "GET", path: "/api/v1/environments", query: ["limit", "cursor"]}, given);
  }

  /** What was sent, and how that went. */
  listMessages(given) {
    return this._send({name: "listMessages", method: "GET", path: "/api/v1/webhooks/{id}/messages", query: ["limit", "cursor"]}, given);
  }

  /** The models that your runs may ask, and the names for them. */
  listModels(given) {
    return this._send({name: "listModels", method: "GET", path: "/api/v1/models", query: ["refresh"]}, given);
  }

  /** What your alerts said. */
  listNotifications(given) {
    return this._send({name: "listNotifications", method: "GET", path: "/api/v1/notifications", query: ["limit", "cursor", "unread"]}, given);
  }

  /** The pipelines that you may see. */
  listPipelines(given) {
    return this._send({name: "listPipelines", method: "GET", path: "/api/v1/pipelines", query: ["limit", "cursor", "q", "owner", "visibility", "favourite", "tag", "sort", "trashed"]}, given);
  }

  /** The model providers that your runs may use. */
  listProviders(given) {
    return this._send({name: "listProviders", method: "GET", path: "/api/v1/providers", query: []}, given);
  }

  /** Runs, newest first. */
  listRuns(given) {
    return this._send({name: "listRuns", method: "GET", path: "/api/v1/runs", query: ["limit", "cursor", "pipeline", "status", "number", "trigger", "since", "until"]}, given);
  }

  /** Your secrets, by name; never a value. */
  listSecrets(given) {
    return this._send({name: "listSecrets", method: "GET", path: "/api/v1/secrets", query: ["limit", "cursor", "environment"]}, given);
  }

  /** One's own sessions, newest first. */
  listSessions(given) {
    return this._send({name: "listSessions", method: "GET", path: "/api/v1/sessions", query: []}, given);
  }

  /** Its links. */
  listShareLinks(given) {
    return this._send({name: "listShareLinks", method: "GET", path: "/api/v1/pipelines/{id}/share-links", query: []}, given);
  }

  /** The steps of the document, in order. */
  listSteps(given) {
    return this._send({name: "listSteps", method: "GET", path: "/api/v1/pipelines/{id}/steps", query: []}, given);
  }

  /** The tags of all pipelines that you may see. */
  listTags(given) {
    return this._send({name: "listTags", method: "GET", path: "/api/v1/tags", query: []}, given);
  }

  /** Pipelines to begin with, by name. */
  listTemplates(given) {
    return this._send({name: "listTemplates", method: "GET", path: "/api/v1/templates", query: ["limit", "cursor", "q", "category"]}, given);
  }

  /** What starts a pipeline by itself. */
  listTriggers(given) {
    return this._send({name: "listTriggers", method: "GET", path: "/api/v1/pipelines/{id}/triggers", query: []}, given);
  }

  /** Your uploads that are not complete. */
  listUploads(given) {
    return this._send({name: "listUploads", method: "GET", path: "/api/v1/uploads", query: []}, given);
  }

  /** All accounts, by name. */
  listUsers(given) {
    return this._send({name: "listUsers", method: "GET", path: "/api/v1/users", query: ["limit", "cursor"]}, given);
  }

  /** Your variables, by name. */
  listVariables(given) {
    return this._send({name: "listVariables", method: "GET", path: "/api/v1/variables", query: ["limit", "cursor", "environment"]}, given);
  }

  /** Its published versions. */
  listVersions(given) {
    return this._send({name: "listVersions", method: "GET", path: "/api/v1/pipelines/{id}/versions", query: ["limit", "cursor"]}, given);
  }

  /** Where your messages about runs go. */
  listWebhooks(given) {
    return this._send({name: "listWebhooks", method: "GET", path: "/api/v1/webhooks", query: []}, given);
  }

  /** What a one-time link is for. */
  lookAtInvitation(given) {
    return this._send({name: "lookAtInvitation", method: "POST", path: "/api/v1/invitations/look", query: [], json: "application/json"}, given);
  }

  /** Figures of this server for Prometheus. */
  metrics(given) {
    return this._send({name: "metrics", method: "GET", path: "/metrics", query: []}, given);
  }

  /** This document. */
  openapi(given) {
    return this._send({name: "openapi", method: "GET", path: "/api/v1/openapi.json", query: []}, given);
  }

  /** Let what runs end, and start nothing more. */
  pauseRun(given) {
    return this._send({name: "pauseRun", method: "POST", path: "/api/v1/runs/{id}/pause", query: [], json: "application/json"}, given);
  }

  /** Publish the document of a pipeline for every account. */
  publishTemplate(given) {
    return this._send({name: "publishTemplate", method: "POST", path: "/api/v1/templates", query: [], json: "application/json"}, given);
  }

  /** Publish the draft as its next version. */
  publishVersion(given) {
    return this._send({name: "publishVersion", method: "POST", path: "/api/v1/pipelines/{id}/versions", query: [], json: "application/json"}, given);
  }

  /** Keep it, or a new value of it. */
  putEnvironment(given) {
    return this._send({name: "putEnvironment", method: "PUT", path: "/api/v1/environments/{name}", query: [], json: "application/json"}, given);
  }

  /** Write a file. */
  putFile(given) {
    return this._send({name: "putFile", method: "PUT", path: "/api/v1/files", query: ["path"], bytes: "application/octet-stream"}, given);
  }

  /** Keep where its steps stand on the canvas. */
  putLayout(given) {
    return this._send({name: "putLayout", method: "PUT", path: "/api/v1/pipelines/{id}/layout", query: [], json: "application/json"}, given);
  }

  /** Keep it, or a new value of it. */
  putSecret(given) {
    return this._send({name: "putSecret", method: "PUT", path: "/api/v1/secrets/{name}", query: [], json: "application/json"}, given);
  }

  /** Share it with one account. */
  putShare(given) {
    return this._send({name: "putShare", method: "PUT", path: "/api/v1/pipelines/{id}/shares/{account}", query: [], json: "application/json"}, given);
  }

  /** Set who may see and use it. */
  putShares(given) {
    return this._send({name: "putShares", method: "PUT", path: "/api/v1/pipelines/{id}/shares", query: [], json: "application/json"}, given);
  }

  /** Keep it, or a new value of it. */
  putVariable(given) {
    return this._send({name: "putVariable", method: "PUT", path: "/api/v1/variables/{name}", query: [], json: "application/json"}, given);
  }

  /** Mark some or all as read. */
  readNotifications(given) {
    return this._send({name: "readNotifications", method: "POST", path: "/api/v1/notifications/read", query: [], json: "application/json"}, given);
  }

  /** Store, sandbox and disk are ready for work. */
  readiness(given) {
    return this._send({name: "readiness", method: "GET", path: "/readyz", query: []}, given);
  }

  /** Call a webhook, from another system. */
  receiveHook(given) {
    return this._send({name: "receiveHook", method: "POST", path: "/hooks/{token}", query: [], json: "application/json"}, given);
  }

  /** Do it once more, as a new delivery. */
  redeliver(given) {
    return this._send({name: "redeliver", method: "POST", path: "/api/v1/pipelines/{id}/triggers/{trigger_id}/deliveries/{delivery_id}/redeliver", query: [], json: "application/json"}, given);
  }

  /** Remove it with what it said. */
  removeAlert(given) {
    return this._send({name: "removeAlert", method: "DELETE", path: "/api/v1/alerts/{id}", query: []}, given);
  }

  /** Remove your comment. */
  removeComment(given) {
    return this._send({name: "removeComment", method: "DELETE", path: "/api/v1/pipelines/{id}/comments/{comment_id}", query: []}, given);
  }

  /** Remove it, with the values it has. */
  removeEnvironment(given) {
    return this._send({name: "removeEnvironment", method: "DELETE", path: "/api/v1/environments/{name}", query: []}, given);
  }

  /** Take it out of your favourites. */
  removeFavourite(given) {
    return this._send({name: "removeFavourite", method: "DELETE", path: "/api/v1/pipelines/{id}/favourite", query: []}, given);
  }

  /** Remove such a name. */
  removeModelAlias(given) {
    return this._send({name: "removeModelAlias", method: "DELETE", path: "/api/v1/models/aliases/{name}", query: ["for_all"]}, given);
  }

  /** Remove it, its key and what is known of its models. */
  removeProvider(given) {
    return this._send({name: "removeProvider", method: "DELETE", path: "/api/v1/providers/{id}", query: []}, given);
  }

  /** Remove it. */
  removeSecret(given) {
    return this._send({name: "removeSecret", method: "DELETE", path: "/api/v1/secrets/{name}", query: ["environment"]}, given);
  }

  /** Take it back from one account. */
  removeShare(given) {
    return this._send({name: "removeShare", method: "DELETE", path: "/api/v1/pipelines/{id}/shares/{account}", query: []}, given);
  }

  /** Revoke a link. */
  removeShareLink(given) {
    return this._send({name: "removeShareLink", method: "DELETE", path: "/api/v1/pipelines/{id}/share-links/{link_id}", query: []}, given);
  }

  /** Take it back from everybody. */
  removeShares(given) {
    return this._send({name: "removeShares", method: "DELETE", path: "/api/v1/pipelines/{id}/shares", query: []}, given);
  }

  /** Take it out of the document. */
  removeStep(given) {
    return this._send({name: "removeStep", method: "DELETE", path: "/api/v1/pipelines/{id}/steps/{step_id}", query: ["draft", "merge"]}, given);
  }

  /** Take back what was published. */
  removeTemplate(given) {
    return this._send({name: "removeTemplate", method: "DELETE", path: "/api/v1/templates/{name}", query: []}, given);
  }

  /** Remove it with its deliveries. */
  removeTrigger(given) {
    return this._send({name: "removeTrigger", method: "DELETE", path: "/api/v1/pipelines/{id}/triggers/{trigger_id}", query: []}, given);
  }

  /** Drop an upload; a file that is complete stays. */
  removeUpload(given) {
    return this._send({name: "removeUpload", method: "DELETE", path: "/api/v1/uploads/{id}", query: []}, given);
  }

  /** Remove an account. */
  removeUser(given) {
    return this._send({name: "removeUser", method: "DELETE", path: "/api/v1/users/{id}", query: ["transfer_to"]}, given);
  }

  /** Remove it. */
  removeVariable(given) {
    return this._send({name: "removeVariable", method: "DELETE", path: "/api/v1/variables/{name}", query: ["environment"]}, given);
  }

  /** Remove it with its messages. */
  removeWebhook(given) {
    return this._send({name: "removeWebhook", method: "DELETE", path: "/api/v1/webhooks/{id}", query: []}, given);
  }

  /** Put all steps in another order, at once. */
  reorderSteps(given) {
    return this._send({name: "reorderSteps", method: "POST", path: "/api/v1/pipelines/{id}/steps/reorder", query: ["draft"], json: "application/json"}, given);
  }

  /** Put another document in its place. */
  replacePipeline(given) {
    return this._send({name: "replacePipeline", method: "PUT", path: "/api/v1/pipelines/{id}", query: ["draft", "merge"], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** Put another step in its place. */
  replaceStep(given) {
    return this._send({name: "replaceStep", method: "PUT", path: "/api/v1/pipelines/{id}/steps/{step_id}", query: ["draft", "merge"], json: "application/json", bytes: "application/yaml"}, given);
  }

  /** Send it once more, under its id. */
  resendMessage(given) {
    return this._send({name: "resendMessage", method: "POST", path: "/api/v1/webhooks/{id}/messages/{message_id}/resend", query: [], json: "application/json"}, given);
  }

  /** Take it out of the trash. */
  restorePipeline(given) {
    return this._send({name: "restorePipeline", method: "POST", path: "/api/v1/pipelines/{id}/restore", query: [], json: "application/json"}, given);
  }

  /** Publish an earlier version once more and make it the draft. */
  restoreVersion(given) {
    return this._send({name: "restoreVersion", method: "POST", path: "/api/v1/pipelines/{id}/versions/{number}/restore", query: [], json: "application/json"}, given);
  }

  /** Go on with a run that was paused, interrupted, cancelled or failed. */
  resumeRun(given) {
    return this._send({name: "resumeRun", method: "POST", path: "/api/v1/runs/{id}/resume", query: [], json: "application/json"}, given);
  }

  /** Run an ended run once more, in place. */
  retryRun(given) {
    return this._send({name: "retryRun", method: "POST", path: "/api/v1/runs/{id}/retry", query: [], json: "application/json"}, given);
  }

  /** Revoke an access key. */
  revokeAccessKey(given) {
    return this._send({name: "revokeAccessKey", method: "DELETE", path: "/api/v1/access-keys/{id}", query: []}, given);
  }

  /** The JSON Schema of documents. */
  schema(given) {
    return this._send({name: "schema", method: "GET", path: "/api/v1/schema", query: []}, given);
  }

  /** Let a name stand for a model. */
  setModelAlias(given) {
    return this._send({name: "setModelAlias", method: "PUT", path: "/api/v1/models/aliases/{name}", query: [], json: "application/json"}, given);
  }

  /** Set a password. */
  setPassword(given) {
    return this._send({name: "setPassword", method: "POST", path: "/api/v1/users/{id}/password", query: [], json: "application/json"}, given);
  }

  /** Make the first account. */
  setUp(given) {
    return this._send({name: "setUp", method: "POST", path: "/api/v1/setup", query: [], json: "application/json"}, given);
  }

  /** Sign in. */
  signIn(given) {
    return this._send({name: "signIn", method: "POST", path: "/api/v1/session", query: [], json: "application/json"}, given);
  }

  /** Sign out. */
  signOut(given) {
    return this._send({name: "signOut", method: "DELETE", path: "/api/v1/session", query: []}, given);
  }

  /** Start a run of a version of the pipeline, or of its draft. */
  startRun(given) {
    return this._send({name: "startRun", method: "POST", path: "/api/v1/pipelines/{id}/runs", query: [], json: "application/json"}, given);
  }

  /** Make a real call, and say how it went. */
  testProvider(given) {
    return this._send({name: "testProvider", method: "POST", path: "/api/v1/providers/{id}/test", query: [], json: "application/json"}, given);
  }

  /** Put it into the trash, or remove it from there for good. */
  trashPipeline(given) {
    return this._send({name: "trashPipeline", method: "DELETE", path: "/api/v1/pipelines/{id}", query: ["purge"]}, given);
  }

  /** Take back what a run changed. */
  undoChanges(given) {
    return this._send({name: "undoChanges", method: "POST", path: "/api/v1/runs/{id}/changes/undo", query: [], json: "application/json"}, given);
  }

  /** Everything that is wrong or doubtful in a document. */
  validate(given) {
    return this._send({name: "validate", method: "POST", path: "/api/v1/validate", query: [], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** The same for a stored pipeline, or for what would take its place. */
  validatePipeline(given) {
    return this._send({name: "validatePipeline", method: "POST", path: "/api/v1/pipelines/{id}/validate", query: [], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** When a schedule would fire. */
  validateSchedule(given) {
    return this._send({name: "validateSchedule", method: "POST", path: "/api/v1/schedules/validate", query: [], json: "application/json"}, given);
  }

  /** Whether the log is as it was written. */
  verifyAudit(given) {
    return this._send({name: "verifyAudit", method: "GET", path: "/api/v1/audit/verification", query: []}, given);
  }
}
