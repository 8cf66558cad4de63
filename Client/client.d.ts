// Written by scripts/client from the contract of the API; change that, or core.js beside this.
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

export type Artifact = {
  id: string;
  run: string;
  path: string;
  size: number | null;
  sha256: string;
  state: string;
  links: {
    [name: string]: string;
  };
};

export type Attempt = {
  number: number;
  status: "running" | "succeeded" | "failed" | "cancelled" | "lost";
  started_at: Moment;
  duration_ms: number | null;
  with: JSONValue;
  error: Failure | null;
};

export type ChangeSet = {
  run: string;
  status: ChangesStatus;
  files: (ChangedFile & ({
    action: "create" | "change" | "delete";
    diff: string;
  }))[];
};

export type ChangedFile = {
  path: string;
  state: string;
  before: string | null;
  after: string | null;
  size: number | null;
};

export type ChangesStatus = "none" | "pending" | "applied" | "discarded" | "conflict" | "undone";

export type DocumentBody = ({
  version: 1;
  name: string;
  steps: Step[];
}) | ({
  document: {
    [name: string]: JSONValue;
  };
});

export type Entry = {
  path: string;
  code: string;
  severity: "error" | "warning";
  message: string;
  hint?: string;
  line?: number;
  column?: number;
};

export type Evaluation = JSONValue | JSONValue | JSONValue | ({
  expression?: string;
  template?: string;
  ops?: {
    [name: string]: JSONValue;
  }[];
  input?: JSONValue;
  inputs?: {
    [name: string]: JSONValue;
  };
  run?: string | null;
});

export type Event = {
  id?: number;
  type: string;
  run: string;
  at: Moment;
  step?: string;
  data?: {
    [name: string]: JSONValue;
  };
};

export type Failure = {
  code: string;
  class: "rate_limit" | "timeout" | "server_error" | "network" | "invalid_output" | "other";
  message: string;
  hint?: string;
};

export type Finding = {
  name: string;
  state: "works" | "limited" | "broken";
  detail: string;
  fix: string | null;
};

export type Folder = {
  items: ({
    path: string;
    kind: "file" | "folder";
    size: number;
    modified_at: Moment | null;
  })[];
  refused: {
    name: string;
    reason: string;
  }[];
  next_cursor: NextCursor;
};

export type Moment = string;

export type NextCursor = string | null;

export type Pipeline = PipelineSummary & ({
  document: {
    [name: string]: JSONValue;
  };
  problems?: Entry[];
});

export type PipelineSummary = {
  id: string;
  name: string;
  owner: string;
  title: string;
  description: string | null;
  tags: string[];
  visibility: "private" | "shared" | "public";
  format: "yaml" | "json";
  step_count: number;
  revision: number;
  latest_version: number | null;
  last_run: {
    id: string;
    number: number;
    status: RunStatus;
    created_at: Moment;
  } | null;
  success_rate: number | null;
  created_at: Moment;
  updated_at: Moment;
  trashed_at: Moment | null;
  links: {
    [name: string]: string;
  };
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  hint?: string;
  instance: string;
  request_id: string;
  errors?: Entry[];
};

export type ProblemCode = "bad_request" | "unknown_parameter" | "unknown_field" | "invalid_field_value" | "invalid_json" | "unsupported_media_type" | "not_acceptable" | "body_too_large" | "range_not_satisfiable" | "unauthorized" | "forbidden" | "host_not_allowed" | "origin_not_allowed" | "not_found" | "method_not_allowed" | "state_conflict" | "name_taken" | "precondition_required" | "precondition_failed" | "idempotency_key_reused" | "idempotency_key_in_use" | "invalid_document" | "invalid_inputs" | "secret_missing" | "evaluation_failed" | "storage_full" | "unavailable" | "server_stopping" | "internal_error";

export type Readiness = {
  status: "ready" | "not_ready";
  checks: {
    name: string;
    ready: boolean;
    detail: string;
  }[];
};

export type Run = RunMetadata & ({
  inputs: JSONValue;
  outputs: {
    [name: string]: JSONValue;
  } | null;
  error: Failure | null;
  handled_errors: ({
    step: string;
    error: Failure | null;
  })[];
  changes: {
    status: ChangesStatus;
    applied: number;
    pending: number;
    conflict: number;
    discarded: number;
    files: ChangedFile[];
  };
  steps: StepRun[];
  document: {
    [name: string]: JSONValue;
  };
});

export type RunMetadata = {
  id: string;
  number: number;
  owner: string;
  pipeline: {
    id: string | null;
    name: string;
  };
  version: number | string | null;
  status: RunStatus;
  trigger: string;
  created_at: Moment;
  started_at: Moment | null;
  finished_at: Moment | null;
  duration_ms: number | null;
  usage: Usage;
  isolation: string | null;
  links: {
    [name: string]: string;
  };
};

export type RunStatus = "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";

export type Step = {
  id: string;
  type: string;
};

export type StepRun = {
  id: string;
  path: string;
  type: string;
  status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | "skipped";
  handled: boolean;
  output: JSONValue;
  error: Failure | null;
  attempts: Attempt[];
  cached: boolean;
  skipped_because: {
    code: string;
    text: string;
  } | null;
  waiting_for: string | null;
  branch: string | null;
  warnings: string[];
  isolation: string | null;
  started_at: Moment | null;
  duration_ms: number | null;
  usage: Usage | null;
};

export type Usage = {
  calls: number;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  model?: string;
};

export type Validation = {
  valid: boolean;
  errors: Entry[];
  warnings: Entry[];
  problems: Entry[];
};

/** Every operation of the API. Parameters are named as in the contract. */
export class Factory {
  constructor(options?: FactoryOptions);

  /** Add a step. */
  addStep(given: Common & {id: string; ifMatch?: string; draft?: boolean; at?: number; body: Step | string; contentType?: string}): Promise<Answer<Step>>;

  /** Carry out what waits for a decision. */
  applyChanges(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<ChangeSet>>;

  /** Stop it, and what runs in it, at once. */
  cancelRun(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Run>>;

  /** Change members of its document. */
  changePipeline(given: Common & {id: string; ifMatch?: string; draft?: boolean; body?: {
    [name: string]: JSONValue;
  }; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Keep a document as a pipeline. */
  createPipeline(given: Common & {draft?: boolean; idempotencyKey?: string; body: string | DocumentBody; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Delete a file. */
  deleteFile(given?: Common & {path?: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Leave the files as they are. */
  discardChanges(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<ChangeSet>>;

  /** What works on this host and what does not, with the fix. */
  doctor(given?: Common): Promise<Answer<{
    items: Finding[];
  }>>;

  /** What an expression, a template or ops give. */
  evaluate(given: Common & {id: string; body?: Evaluation; contentType?: string}): Promise<Answer<{
    value: JSONValue;
  }>>;

  /** Everything that happens in a run, as server-sent events. */
  followRun(given: Common & {id: string; lastEventID?: string}): AsyncGenerator<StreamEvent>;

  /** One of them, as a download. */
  getArtifact(given: Common & {id: string; ifNoneMatch?: string; range?: string}): Promise<Answer<string | Uint8Array>>;

  /** The files a run changed, each with its diff. */
  getChanges(given: Common & {id: string}): Promise<Answer<ChangeSet>>;

  /** A file of your workspace as a download, or what a folder holds. */
  getFile(given?: Common & {path?: string; limit?: number; cursor?: string; ifNoneMatch?: string; range?: string}): Promise<Answer<Folder | string | Uint8Array>>;

  /** A pipeline with its document. */
  getPipeline(given: Common & {id: string; ifNoneMatch?: string}): Promise<Answer<Pipeline | string>>;

  /** A run with its steps, attempts and the document it runs. */
  getRun(given: Common & {id: string}): Promise<Answer<Run | RunMetadata>>;

  /** What the steps of a run printed and their models wrote. */
  getRunLogs(given: Common & {id: string; limit?: number; cursor?: string}): Promise<Answer<{
    items: ({
      step: string;
      attempt: string;
      stream: "text" | "stdout" | "stderr";
      at: Moment;
      text: string;
    })[];
    next_cursor: NextCursor;
  }>>;

  /** A step. */
  getStep(given: Common & {id: string; step_id: string}): Promise<Answer<Step>>;

  /** The same of one step. */
  getStepLogs(given: Common & {id: string; step_id: string; limit?: number; cursor?: string}): Promise<Answer<{
    items: ({
      step: string;
      attempt: string;
      stream: "text" | "stdout" | "stderr";
      at: Moment;
      text: string;
    })[];
    next_cursor: NextCursor;
  }>>;

  /** One step of a run, with what it got and gave. */
  getStepRun(given: Common & {id: string; step_id: string}): Promise<Answer<StepRun & ({
    inputs: JSONValue;
    links: {
      [name: string]: string;
    };
  })>>;

  /** The process answers. */
  health(given?: Common): Promise<Answer<{
    status: "ok";
  }>>;

  /** The files a run wrote. */
  listArtifacts(given: Common & {id: string}): Promise<Answer<{
    items: Artifact[];
    next_cursor: NextCursor;
  }>>;

  /** Your pipelines. */
  listPipelines(given?: Common & {limit?: number; cursor?: string; q?: string; tag?: string; sort?: "name" | "created" | "updated" | "-name" | "-created" | "-updated"; trashed?: boolean}): Promise<Answer<{
    items: PipelineSummary[];
    next_cursor: NextCursor;
  }>>;

  /** Runs, newest first. */
  listRuns(given?: Common & {limit?: number; cursor?: string; pipeline?: string; status?: RunStatus[]; trigger?: string; since?: string; until?: string}): Promise<Answer<{
    items: RunMetadata[];
    next_cursor: NextCursor;
  }>>;

  /** The steps of the document, in order. */
  listSteps(given: Common & {id: string}): Promise<Answer<{
    items: Step[];
    next_cursor: NextCursor;
  }>>;

  /** Figures of this server for Prometheus. */
  metrics(given?: Common): Promise<Answer<string>>;

  /** This document. */
  openapi(given?: Common & {ifNoneMatch?: string}): Promise<Answer<{
    [name: string]: JSONValue;
  }>>;

  /** Let what runs end, and start nothing more. */
  pauseRun(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Run>>;

  /** Write a file. */
  putFile(given?: Common & {path?: string; ifMatch?: string; ifNoneMatch?: string; body?: Uint8Array | Blob | string; contentType?: string}): Promise<Answer<{
    path: string;
    size: number;
    sha256: string;
  }>>;

  /** Store, sandbox and disk are ready for work. */
  readiness(given?: Common): Promise<Answer<Readiness>>;

  /** Take it out of the document. */
  removeStep(given: Common & {id: string; step_id: string; ifMatch?: string; draft?: boolean}): Promise<Answer<null>>;

  /** Put all steps in another order, at once. */
  reorderSteps(given: Common & {id: string; ifMatch?: string; draft?: boolean; body: {
    steps: string[];
  }; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Put another document in its place. */
  replacePipeline(given: Common & {id: string; ifMatch?: string; draft?: boolean; body: string | DocumentBody; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Put another step in its place. */
  replaceStep(given: Common & {id: string; step_id: string; ifMatch?: string; draft?: boolean; body: Step | string; contentType?: string}): Promise<Answer<Step>>;

  /** Take it out of the trash. */
  restorePipeline(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Go on with a run that was paused, interrupted, cancelled or failed. */
  resumeRun(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Run>>;

  /** Run an ended run once more, in place. */
  retryRun(given: Common & {id: string; body?: {
    step?: string | null;
    from?: string | null;
  }; contentType?: string}): Promise<Answer<Run>>;

  /** The JSON Schema of documents. */
  schema(given?: Common & {ifNoneMatch?: string}): Promise<Answer<{
    [name: string]: JSONValue;
  }>>;

  /** Start a run of the pipeline as it stands. */
  startRun(given: Common & {id: string; idempotencyKey?: string; prefer?: string; body?: {
    inputs?: {
      [name: string]: JSONValue;
    };
  }; contentType?: string}): Promise<Answer<Run>>;

  /** Put it into the trash. */
  trashPipeline(given: Common & {id: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Everything that is wrong or doubtful in a document. */
  validate(given: Common & {body: string | DocumentBody; contentType?: string}): Promise<Answer<Validation>>;

  /** The same for a stored pipeline, or for what would take its place. */
  validatePipeline(given: Common & {id: string; body?: string | DocumentBody; contentType?: string}): Promise<Answer<Validation>>;
}
