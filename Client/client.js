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
    if (type === "application/json" && operation.answer !== "bytes") data = await response.json();
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
  /** Add a step. */
  addStep(given) {
    return this._send({name: "addStep", method: "POST", path: "/api/v1/pipelines/{id}/steps", query: ["draft", "at"], json: "application/json", bytes: "application/yaml"}, given);
  }

  /** Carry out what waits for a decision. */
  applyChanges(given) {
    return this._send({name: "applyChanges", method: "POST", path: "/api/v1/runs/{id}/changes/apply", query: [], json: "application/json"}, given);
  }

  /** Stop it, and what runs in it, at once. */
  cancelRun(given) {
    return this._send({name: "cancelRun", method: "POST", path: "/api/v1/runs/{id}/cancel", query: [], json: "application/json"}, given);
  }

  /** Change members of its document. */
  changePipeline(given) {
    return this._send({name: "changePipeline", method: "PATCH", path: "/api/v1/pipelines/{id}", query: ["draft"], json: "application/json"}, given);
  }

  /** Keep a document as a pipeline. */
  createPipeline(given) {
    return this._send({name: "createPipeline", method: "POST", path: "/api/v1/pipelines", query: ["draft"], bytes: "application/yaml", json: "application/json"}, given);
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

  /** What an expression, a template or ops give. */
  evaluate(given) {
    return this._send({name: "evaluate", method: "POST", path: "/api/v1/pipelines/{id}/evaluate", query: [], json: "application/json"}, given);
  }

  /** Everything that happens in a run, as server-sent events. */
  async *followRun(given) {
    yield* this._stream({name: "followRun", method: "GET", path: "/api/v1/runs/{id}/events", query: []}, given);
  }

  /** One of them, as a download. */
  getArtifact(given) {
    return this._send({name: "getArtifact", method: "GET", path: "/api/v1/artifacts/{id}", query: [], answer: "bytes"}, given);
  }

  /** The files a run changed, each with its diff. */
  getChanges(given) {
    return this._send({name: "getChanges", method: "GET", path: "/api/v1/runs/{id}/changes", query: []}, given);
  }

  /** A file of your workspace as a download, or what a folder holds. */
  getFile(given) {
    return this._send({name: "getFile", method: "GET", path: "/api/v1/files", query: ["path", "limit", "cursor"], answer: "bytes"}, given);
  }

  /** A pipeline with its document. */
  getPipeline(given) {
    return this._send({name: "getPipeline", method: "GET", path: "/api/v1/pipelines/{id}", query: []}, given);
  }

  /** A run with its steps, attempts and the document it runs. */
  getRun(given) {
    return this._send({name: "getRun", method: "GET", path: "/api/v1/runs/{id}", query: []}, given);
  }

  /** What the steps of a run printed and their models wrote. */
  getRunLogs(given) {
    return this._send({name: "getRunLogs", method: "GET", path: "/api/v1/runs/{id}/logs", query: ["limit", "cursor"]}, given);
  }

  /** A step. */
  getStep(given) {
    return this._send({name: "getStep", method: "GET", path: "/api/v1/pipelines/{id}/steps/{step_id}", query: []}, given);
  }

  /** The same of one step. */
  getStepLogs(given) {
    return this._send({name: "getStepLogs", method: "GET", path: "/api/v1/runs/{id}/steps/{step_id}/logs", query: ["limit", "cursor"]}, given);
  }

  /** One step of a run, with what it got and gave. */
  getStepRun(given) {
    return this._send({name: "getStepRun", method: "GET", path: "/api/v1/runs/{id}/steps/{step_id}", query: []}, given);
  }

  /** The process answers. */
  health(given) {
    return this._send({name: "health", method: "GET", path: "/healthz", query: []}, given);
  }

  /** The files a run wrote. */
  listArtifacts(given) {
    return this._send({name: "listArtifacts", method: "GET", path: "/api/v1/runs/{id}/artifacts", query: []}, given);
  }

  /** Your pipelines. */
  listPipelines(given) {
    return this._send({name: "listPipelines", method: "GET", path: "/api/v1/pipelines", query: ["limit", "cursor", "q", "tag", "sort", "trashed"]}, given);
  }

  /** Runs, newest first. */
  listRuns(given) {
    return this._send({name: "listRuns", method: "GET", path: "/api/v1/runs", query: ["limit", "cursor", "pipeline", "status", "trigger", "since", "until"]}, given);
  }

  /** The steps of the document, in order. */
  listSteps(given) {
    return this._send({name: "listSteps", method: "GET", path: "/api/v1/pipelines/{id}/steps", query: []}, given);
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

  /** Write a file. */
  putFile(given) {
    return this._send({name: "putFile", method: "PUT", path: "/api/v1/files", query: ["path"], bytes: "application/octet-stream"}, given);
  }

  /** Store, sandbox and disk are ready for work. */
  readiness(given) {
    return this._send({name: "readiness", method: "GET", path: "/readyz", query: []}, given);
  }

  /** Take it out of the document. */
  removeStep(given) {
    return this._send({name: "removeStep", method: "DELETE", path: "/api/v1/pipelines/{id}/steps/{step_id}", query: ["draft"]}, given);
  }

  /** Put all steps in another order, at once. */
  reorderSteps(given) {
    return this._send({name: "reorderSteps", method: "POST", path: "/api/v1/pipelines/{id}/steps/reorder", query: ["draft"], json: "application/json"}, given);
  }

  /** Put another document in its place. */
  replacePipeline(given) {
    return this._send({name: "replacePipeline", method: "PUT", path: "/api/v1/pipelines/{id}", query: ["draft"], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** Put another step in its place. */
  replaceStep(given) {
    return this._send({name: "replaceStep", method: "PUT", path: "/api/v1/pipelines/{id}/steps/{step_id}", query: ["draft"], json: "application/json", bytes: "application/yaml"}, given);
  }

  /** Take it out of the trash. */
  restorePipeline(given) {
    return this._send({name: "restorePipeline", method: "POST", path: "/api/v1/pipelines/{id}/restore", query: [], json: "application/json"}, given);
  }

  /** Go on with a run that was paused, interrupted, cancelled or failed. */
  resumeRun(given) {
    return this._send({name: "resumeRun", method: "POST", path: "/api/v1/runs/{id}/resume", query: [], json: "application/json"}, given);
  }

  /** Run an ended run once more, in place. */
  retryRun(given) {
    return this._send({name: "retryRun", method: "POST", path: "/api/v1/runs/{id}/retry", query: [], json: "application/json"}, given);
  }

  /** The JSON Schema of documents. */
  schema(given) {
    return this._send({name: "schema", method: "GET", path: "/api/v1/schema", query: []}, given);
  }

  /** Start a run of the pipeline as it stands. */
  startRun(given) {
    return this._send({name: "startRun", method: "POST", path: "/api/v1/pipelines/{id}/runs", query: [], json: "application/json"}, given);
  }

  /** Put it into the trash. */
  trashPipeline(given) {
    return this._send({name: "trashPipeline", method: "DELETE", path: "/api/v1/pipelines/{id}", query: []}, given);
  }

  /** Everything that is wrong or doubtful in a document. */
  validate(given) {
    return this._send({name: "validate", method: "POST", path: "/api/v1/validate", query: [], bytes: "application/yaml", json: "application/json"}, given);
  }

  /** The same for a stored pipeline, or for what would take its place. */
  validatePipeline(given) {
    return this._send({name: "validatePipeline", method: "POST", path: "/api/v1/pipelines/{id}/validate", query: [], bytes: "application/yaml", json: "application/json"}, given);
  }
}
