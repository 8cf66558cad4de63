// Types of the client of Code Factory's HTTP API.

/** A JSON value. */
export type JSONValue = null | boolean | number | string | JSONValue[] | {[name: string]: JSONValue};

/** One thing that is wrong with what was sent. */
export interface ProblemEntry {
  path: string;
  code: string;
  message: string;
  hint?: string;
  line?: number;
  column?: number;
}

/** A refusal of the server. */
export class FactoryError extends Error {
  /** The HTTP status. */
  readonly status: number;
  /** The stable code; null where what answered is no server of Code Factory. */
  readonly code: string | null;
  /** What to do about it. */
  readonly hint: string | null;
  /** What is wrong, one by one. */
  readonly errors: ProblemEntry[];
  /** The whole problem+json. */
  readonly problem: {[name: string]: JSONValue};
  /** Names the request in the server's log. */
  readonly requestID: string | null;
}

/** What every call takes beside its own parameters. */
export interface Common {
  /** Ends the call. */
  signal?: AbortSignal;
  /** The token of the session, for unsafe methods of a browser that is signed in by cookie. */
  csrfToken?: string;
}

/** An answer. */
export interface Answer<Data> {
  status: number;
  etag: string | null;
  headers: Headers;
  data: Data;
}

/** One event of a stream. */
export interface StreamEvent {
  id: string | null;
  type: string;
  data: {[name: string]: any};
}

/** The items of a list, page after page. */
export function each<Item>(
  list: (page: any) => Promise<Answer<{items: Item[]; next_cursor: string | null}>>, given?: object,
): AsyncGenerator<Item>;

/** How a client is made. */
export interface FactoryOptions {
  /** Address of the server, for example `https://factory.example`; the page's own where it is left out. */
  server?: string;
  /** An access key; a page that is signed in by cookie needs none. */
  key?: string;
  /** In the place of the global `fetch`. */
  fetch?: typeof fetch;
  /** Header fields of every request. */
  headers?: {[name: string]: string};
}
