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
