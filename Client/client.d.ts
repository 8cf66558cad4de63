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

export type AccessKey = {
  id: string;
  account: string;
  name: string;
  scopes: Scope[];
  pipelines: string[] | null;
  created_at: Moment;
  expires_at: Moment;
  used_at: Moment | null;
};

export type Account = {
  id: string;
  name: AccountName;
  email: string | null;
  role: AccountRole;
  has_password: boolean;
  created_at: Moment;
  updated_at: Moment;
  disabled_at: Moment | null;
};

export type AccountName = string;

export type AccountRole = "admin" | "member";

export type Activity = {
  type: string;
  id: number | null;
  at: Moment;
  by: Person;
  data: {
    [name: string]: JSONValue;
  };
};

export type Alert = {
  id: string;
  name: string | null;
  kind: AlertKind;
  pipeline: string | null;
  enabled: boolean;
  failures?: number;
  duration_ms?: number;
  cost_usd?: number;
  silence_ms?: number;
  revision: number;
  created_at: Moment;
  updated_at: Moment;
  links: {
    [name: string]: string;
  };
};

export type AlertKind = "failure" | "duration" | "cost" | "silence";

export type Allows = ("secrets" | "models")[];

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

export type AuditRecord = {
  number: number;
  at: Moment;
  action: string;
  account: string | null;
  name: string;
  via: string;
  address: string | null;
  object: string | null;
  detail: {
    [name: string]: JSONValue;
  };
  digest: string;
};

export type CallSums = {
  calls: number;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  calls_without_price: number;
  calls_without_counts: number;
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

export type Comment = {
  id: string;
  step: string | null;
  by: Person;
  text: string;
  mentions: Person[];
  created_at: Moment;
  edited_at: Moment | null;
  resolved_at: Moment | null;
  resolved_by: Person | null;
};

export type Delivery = {
  id: string;
  trigger: string;
  status: "pending" | "started" | "skipped" | "refused" | "failed";
  reason: string | null;
  received_at: Moment;
  due_at: Moment | null;
  event: string | null;
  run: string | null;
  body_bytes: number | null;
  headers?: {
    [name: string]: JSONValue;
  } | null;
  body?: string | null;
};

export type Difference = {
  from: number;
  to: number | string;
  equal: boolean;
  steps: {
    added: string[];
    removed: string[];
    renamed: {
      [name: string]: JSONValue;
    }[];
    moved: {
      [name: string]: JSONValue;
    }[];
  };
  fields: {
    [name: string]: JSONValue;
  }[];
  edges: {
    added: {
      [name: string]: JSONValue;
    }[];
    removed: {
      [name: string]: JSONValue;
    }[];
  };
  text: string;
};

export type DocumentBody = ({
  version: 1;
  name: string;
  steps: Step[];
}) | ({
  document: {
    [name: string]: JSONValue;
  };
}) | ({
  copy_of: string;
  name?: string | null;
  title?: string | null;
  version?: number | null;
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

export type Environment = {
  name: string;
  description: string | null;
  secret_count: number;
  variable_count: number;
  version: number;
  created_at: Moment;
  updated_at: Moment;
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
  environment?: string | null;
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
  items: WorkspaceEntry[];
  used: number;
  quota: number | null;
  refused: {
    name: string;
    reason: string;
  }[];
  next_cursor: NextCursor;
};

export type Imported = {
  items: ({
    id: string;
    name: string;
    status: "created" | "replaced" | "unchanged" | "skipped";
  })[];
};

export type Layout = {
  steps: {
    [name: string]: Place;
  };
  viewport?: {
    x: number;
    y: number;
    zoom: number;
  } | null;
};

export type LocalModel = {
  status: "absent" | "installing" | "installed" | "failed";
  step: "preparing" | "environment" | "engine" | "weights" | "unpacking" | "start" | "adding" | null;
  bytes_done: number;
  bytes_total: number | null;
  message: string | null;
  url: string | null;
  size_bytes: number;
};

export type Message = {
  id: string;
  webhook: string;
  event: RunNews;
  status: "pending" | "delivered" | "failed";
  tries: number;
  http_status: number | null;
  reason: string | null;
  body: string;
  created_at: Moment;
  last_try_at: Moment | null;
  next_try_at: Moment | null;
};

export type Model = {
  id: string;
  name: string;
  model: string;
  provider: {
    id: string;
    name: string;
  };
  context: number | null;
  output_limit: number | null;
  capabilities: ModelCapabilities;
  price: {
    input: number;
    cached_input: number | null;
    output: number;
    as_of: string | null;
  } | null;
  edited: string[];
  seen_at: string;
  aliases: string[];
  health: ModelHealth;
};

export type ModelAlias = {
  name: string;
  model: string;
  scope: "own" | "configuration" | "all";
  holds: boolean;
};

export type ModelCapabilities = ("embeddings" | "reasoning" | "schema" | "tools" | "vision")[] | null;

export type ModelFailure = {
  code: string;
  class: "rate_limit" | "timeout" | "server_error" | "network" | "invalid_output" | "other";
  message: string;
  hint: string | null;
};

export type ModelHealth = {
  calls: number;
  failures: number;
  last_call_at: string;
  last_error: null | ModelFailure;
  first_token_ms: number | null;
  total_ms: number | null;
  tokens_per_second: number | null;
} | null;

export type Moment = string;

export type NewShareLink = ShareLink & ({
  token: string;
});

export type NextCursor = string | null;

export type Notification = {
  id: string;
  alert: string;
  kind: AlertKind;
  pipeline: string | null;
  run: string | null;
  text: string;
  count: number;
  opened_at: Moment;
  latest_at: Moment;
  closed_at: Moment | null;
  read_at: Moment | null;
};

export type Password = string;

export type Person = {
  id: string;
  name: string | null;
};

export type Pipeline = PipelineSummary & ({
  updated_by: string;
  document: {
    [name: string]: JSONValue;
  };
  merged?: {
    base: number;
    with: number;
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
  role: "viewer" | "runner" | "editor" | "owner";
  favourite: boolean;
  format: "yaml" | "json";
  step_count: number;
  step_types: string[];
  revision: number;
  latest_version: number | null;
  template: string | null;
  forked_from: string | null;
  last_run: {
    id: string;
    number: number;
    status: RunStatus;
    created_at: Moment;
    duration_ms?: number | null;
  } | null;
  success_rate: number | null;
  sparkline: ({
    status: RunStatus;
    duration_ms: number | null;
  })[];
  created_at: Moment;
  updated_at: Moment;
  trashed_at: Moment | null;
  links: {
    [name: string]: string;
  };
};

export type Place = {
  x: number;
  y: number;
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

export type ProblemCode = "bad_request" | "unknown_parameter" | "unknown_field" | "invalid_field_value" | "invalid_json" | "unsupported_media_type" | "not_acceptable" | "body_too_large" | "range_not_satisfiable" | "target_too_long" | "head_too_large" | "unauthorized" | "forbidden" | "signature_refused" | "host_not_allowed" | "origin_not_allowed" | "csrf_token_missing" | "credentials_mixed" | "wrong_credentials" | "one_time_token_invalid" | "not_encrypted" | "too_many_requests" | "not_found" | "method_not_allowed" | "state_conflict" | "name_taken" | "precondition_required" | "precondition_failed" | "idempotency_key_reused" | "idempotency_key_in_use" | "upload_offset" | "quota_exceeded" | "invalid_document" | "invalid_inputs" | "secret_missing" | "output_missing" | "not_recorded" | "evaluation_failed" | "evaluation_timeout" | "too_many_evaluations" | "invalid_trigger" | "storage_full" | "master_key_unavailable" | "unavailable" | "overloaded" | "server_stopping" | "internal_error";

export type Provider = {
  id: string;
  name: string;
  kind: ProviderKind;
  scope: "own" | "configuration" | "all";
  editable: boolean;
  base_url: string;
  has_key: boolean;
  admitted: {
    by?: string;
    at?: string;
  } | null;
  created_by: string | null;
  created_at: string | null;
  updated_at: string | null;
  models: number;
  health: ModelHealth;
};

export type ProviderKey = string | null;

export type ProviderKind = "openai" | "anthropic" | "ollama";

export type ProviderName = string;

export type Readiness = {
  status: "ready" | "not_ready";
  checks: {
    name: string;
    ready: boolean;
    detail: string;
  }[];
};

export type Run = RunMetadata & ({
  environment: string | null;
  variables: {
    [name: string]: JSONValue;
  };
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
  only: {
    step: string;
    from_run: string | null;
  } | null;
  forked_from: string | null;
  lender: string | null;
  status: RunStatus;
  paused: boolean;
  trigger: string;
  mode: "normal" | "replay";
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

export type RunNews = "run.started" | "run.succeeded" | "run.failed" | "run.cancelled" | "alert.opened" | "alert.closed";

export type RunOutcomes = {
  ended: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  success_rate: number | null;
  duration_ms?: {
    of: number;
    p50: number | null;
    p95: number | null;
  };
  estimate_ms?: number | null;
};

export type RunStatus = "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";

export type Scope = "read" | "run" | "edit" | "admin";

export type Secret = {
  name: string;
  environment: string | null;
  hosts: string[];
  description: string | null;
  version: number;
  created_at: Moment;
  updated_at: Moment;
  last_used_at: Moment | null;
};

export type Session = {
  id: string;
  created_at: Moment;
  used_at: Moment;
  expires_at: Moment;
  client: string;
  address: string;
  current: boolean;
};

export type ShareLink = {
  id: string;
  pipeline: string;
  role: SharedRole;
  allows: Allows;
  by: Person;
  created_at: Moment;
  expires_at: Moment;
  accepted: number;
};

export type SharedRole = "viewer" | "runner" | "editor";

export type Shares = {
  visibility: "private" | "shared" | "public";
  owner: Person;
  people: {
    account: Person;
    role: SharedRole;
    allows: Allows;
    created_at: Moment;
  }[];
};

export type SharesBody = {
  visibility?: "private" | "shared" | "public" | null;
  people?: {
    account: string;
    role: SharedRole;
    allows?: Allows;
  }[];
};

export type StaleAlert = {
  current?: Alert;
};

export type StaleDraft = {
  current?: Pipeline;
  etag?: string;
  base?: {
    revision: number;
    document: {
      [name: string]: JSONValue;
    };
  } | null;
  merge?: {
    clean: boolean;
    document: {
      [name: string]: JSONValue;
    };
    conflicts: ({
      kind: "changed" | "removed_and_changed" | "reordered" | "renamed";
      step: string | null;
      path: string;
      base: JSONValue;
      mine: JSONValue;
      theirs: JSONValue;
      message: string;
    })[];
  } | null;
};

export type StaleTrigger = {
  current?: Trigger;
};

export type StaleWebhook = {
  current?: Webhook;
};

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

export type TagCount = {
  tag: string;
  count: number;
};

export type Template = TemplateSummary & ({
  document: {
    [name: string]: JSONValue;
  };
  text: string;
  format: "yaml" | "json";
  readme: string;
  sample_inputs: {
    [name: string]: JSONValue;
  };
  expected: {
    text: string;
    outputs: {
      [name: string]: JSONValue;
    };
    files: string[];
  } | null;
});

export type TemplateCategory = "generation" | "transformation" | "documentation" | "review";

export type TemplateSummary = {
  name: string;
  title: string;
  description: string | null;
  category: TemplateCategory;
  tags: string[];
  parameters: {
    name: string;
    schema: JSONValue;
    required: boolean;
    sample: JSONValue;
  }[];
  steps: ({
    id: string | null;
    type: string | null;
    title: string | null;
  })[];
  source: "program" | "published";
  owner: string | null;
  recorded: boolean;
  created_at: Moment | null;
  links: {
    [name: string]: string;
  };
};

export type Trigger = {
  id: string;
  pipeline: string;
  owner: string;
  kind: "schedule" | "webhook";
  name: string | null;
  enabled: boolean;
  inputs: {
    [name: string]: JSONValue;
  };
  cron?: string;
  timezone?: string;
  catch_up?: "none" | "last" | "all";
  catch_up_limit?: number;
  overlap?: "allow" | "skip";
  environment?: string | null;
  next_fire_at?: Moment | null;
  preset?: "generic" | "github" | "gitlab" | "standard";
  signed?: boolean;
  if?: string | null;
  path?: string;
  secret?: string;
  revision: number;
  created_at: Moment;
  updated_at: Moment;
  links: {
    [name: string]: string;
  };
};

export type Upload = {
  id: string;
  path: string;
  size: number;
  received: number;
  status: "open" | "complete";
  replace: boolean;
  piece_bytes: number;
  created_at: Moment;
  expires_at: Moment;
  file: WorkspaceEntry | null;
};

export type Usage = {
  calls: number;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  model?: string;
};

export type UsageFigures = {
  since: string | null;
  until: string | null;
  total: CallSums;
  by_day: (CallSums & ({
    day: string;
    runs: RunOutcomes;
  }))[];
  by_model: (CallSums & ({
    model: string | null;
  }))[];
  by_pipeline: (CallSums & ({
    id: string | null;
    name: string;
    runs: RunOutcomes;
  }))[];
  runs: RunOutcomes;
  steps: {
    of_latest_runs: number;
    slowest: UsedSteps;
    most_failing: UsedSteps;
  };
};

export type UsedSteps = ({
  pipeline: {
    id: string | null;
    name: string;
  };
  step: string;
  type: string;
  runs: number;
  failures: number;
  mean_ms: number | null;
})[];

export type Validation = {
  valid: boolean;
  errors: Entry[];
  warnings: Entry[];
  problems: Entry[];
};

export type Variable = {
  name: string;
  environment: string | null;
  value: string;
  description: string | null;
  version: number;
  created_at: Moment;
  updated_at: Moment;
};

export type Version = VersionSummary & ({
  document: {
    [name: string]: JSONValue;
  };
});

export type VersionMessage = {
  message?: string | null;
};

export type VersionSummary = {
  id: string;
  pipeline: string;
  number: number;
  message: string;
  by: Person;
  created_at: Moment;
  step_count: number;
  format: "yaml" | "json";
  links: {
    [name: string]: string;
  };
};

export type Webhook = {
  id: string;
  name: string | null;
  url: string;
  events: RunNews[];
  pipeline: string | null;
  enabled: boolean;
  secret?: string;
  revision: number;
  created_at: Moment;
  updated_at: Moment;
  links: {
    [name: string]: string;
  };
};

export type WorkspaceEntry = {
  path: string;
  kind: "file" | "folder";
  size: number;
  modified_at: Moment | null;
};

/** Every operation of the API. Parameters are named as in the contract. */
export class Factory {
  constructor(options?: FactoryOptions);

  /** Use a one-time link. */
  acceptInvitation(given: Common & {body: {
    token: string;
    name?: AccountName;
    email?: string | null;
    password: Password;
  }; contentType?: string}): Promise<Answer<{
    account: Account;
    session: Session;
    csrf_token: string;
  }>>;

  /** Take up a link. */
  acceptShareLink(given: Common & {body: {
    token: string;
  }; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Say something about it or a step of it. */
  addComment(given: Common & {id: string; idempotencyKey?: string; body: {
    text: string;
    step?: string | null;
  }; contentType?: string}): Promise<Answer<Comment>>;

  /** Put it among your favourites. */
  addFavourite(given: Common & {id: string}): Promise<Answer<null>>;

  /** Add a step. */
  addStep(given: Common & {id: string; ifMatch?: string; draft?: boolean; at?: number; body: Step | string; contentType?: string}): Promise<Answer<Step>>;

  /** Add one of them, which opens its endpoint. */
  admitProvider(given?: Common & {idempotencyKey?: string; body?: {
    base_url: string;
    name?: ProviderName;
    for_all?: boolean;
  }; contentType?: string}): Promise<Answer<Provider>>;

  /** Carry out what waits for a decision. */
  applyChanges(given: Common & {id: string; body?: {
    files?: string[];
  }; contentType?: string}): Promise<Answer<ChangeSet>>;

  /** Give up an installation that is under way. */
  cancelLocalModel(given?: Common): Promise<Answer<LocalModel>>;

  /** Stop it, and what runs in it, at once. */
  cancelRun(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Run>>;

  /** Change what is named, leave the rest. */
  changeAlert(given: Common & {id: string; ifMatch?: string; body?: {
    kind?: AlertKind;
    name?: string | null;
    pipeline?: string | null;
    enabled?: boolean;
    failures?: number;
    duration_ms?: number;
    cost_usd?: number;
    silence_ms?: number;
  }; contentType?: string}): Promise<Answer<Alert>>;

  /** Change your comment, or resolve one. */
  changeComment(given: Common & {id: string; comment_id: string; body?: {
    text?: string;
    resolved?: boolean;
  }; contentType?: string}): Promise<Answer<Comment>>;

  /** Write down what you know better than the provider says. */
  changeModel(given: Common & {id: string; body?: {
    context?: number | null;
    output_limit?: number | null;
    capabilities?: ModelCapabilities;
    price?: null | ({
      input: number;
      cached_input?: number | null;
      output: number;
      as_of: string;
    });
  }; contentType?: string}): Promise<Answer<Model>>;

  /** Change members of its document. */
  changePipeline(given: Common & {id: string; ifMatch?: string; draft?: boolean; merge?: boolean; body?: {
    [name: string]: JSONValue;
  }; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Change it. */
  changeProvider(given: Common & {id: string; body?: {
    name?: ProviderName;
    kind?: ProviderKind;
    base_url?: string;
    key?: ProviderKey;
    admit?: boolean;
  }; contentType?: string}): Promise<Answer<Provider>>;

  /** Change what is named, leave the rest. */
  changeTrigger(given: Common & {id: string; trigger_id: string; ifMatch?: string; body?: {
    kind?: "schedule" | "webhook";
    name?: string | null;
    enabled?: boolean;
    inputs?: {
      [name: string]: JSONValue;
    };
    cron?: string;
    timezone?: string;
    catch_up?: "none" | "last" | "all";
    catch_up_limit?: number;
    overlap?: "allow" | "skip";
    environment?: string | null;
    preset?: "generic" | "github" | "gitlab" | "standard";
    signed?: boolean;
    if?: string | null;
    secret?: string;
    new_address?: boolean;
  }; contentType?: string}): Promise<Answer<Trigger>>;

  /** Change an account. */
  changeUser(given: Common & {id: string; body: {
    name?: AccountName;
    email?: string | null;
    role?: AccountRole;
    disabled?: boolean;
  }; contentType?: string}): Promise<Answer<Account>>;

  /** Change what is named, leave the rest. */
  changeWebhook(given: Common & {id: string; ifMatch?: string; body?: {
    url?: string;
    events?: RunNews[];
    pipeline?: string | null;
    name?: string | null;
    enabled?: boolean;
    secret?: string;
  }; contentType?: string}): Promise<Answer<Webhook>>;

  /** A client of this API for JavaScript. */
  clientScript(given?: Common & {ifNoneMatch?: string}): Promise<Answer<string>>;

  /** Its types for TypeScript. */
  clientTypes(given?: Common & {ifNoneMatch?: string}): Promise<Answer<Uint8Array>>;

  /** What another version has otherwise. */
  compareVersion(given: Common & {id: string; number: number; to?: string}): Promise<Answer<Difference>>;

  /** Send the next piece of an upload. */
  continueUpload(given: Common & {id: string; body?: Uint8Array | Blob | string; contentType?: string}): Promise<Answer<Upload>>;

  /** Make an access key. */
  createAccessKey(given: Common & {body: {
    name: string;
    scopes: Scope[];
    pipelines?: string[] | null;
    expires_in_days?: number;
  }; contentType?: string}): Promise<Answer<AccessKey & ({
    key: string;
  })>>;

  /** Be told of something. */
  createAlert(given?: Common & {body?: {
    kind?: AlertKind;
    name?: string | null;
    pipeline?: string | null;
    enabled?: boolean;
    failures?: number;
    duration_ms?: number;
    cost_usd?: number;
    silence_ms?: number;
  }; contentType?: string}): Promise<Answer<Alert>>;

  /** Make a one-time link. */
  createInvitation(given?: Common & {body?: {
    kind?: "invite" | "reset";
    role?: AccountRole;
    email?: string | null;
    account?: string;
  }; contentType?: string}): Promise<Answer<{
    id: string;
    kind: "invite" | "reset";
    role: AccountRole | null;
    email: string | null;
    account: string | null;
    expires_at: Moment;
    token: string;
    url: string;
  }>>;

  /** Keep a document as a pipeline. */
  createPipeline(given: Common & {draft?: boolean; idempotencyKey?: string; body: string | DocumentBody | ({
    template: string;
    name?: string;
    inputs?: {
      [name: string]: JSONValue;
    };
  }); contentType?: string}): Promise<Answer<Pipeline>>;

  /** Add a provider, for your runs or for everybody's. */
  createProvider(given?: Common & {idempotencyKey?: string; body?: {
    name: ProviderName;
    kind: ProviderKind;
    base_url: string;
    key?: ProviderKey;
    for_all?: boolean;
    admit?: boolean;
  }; contentType?: string}): Promise<Answer<Provider>>;

  /** Make a link. */
  createShareLink(given: Common & {id: string; body: {
    role: SharedRole;
    allows?: Allows;
    expires_in?: number | null;
  }; contentType?: string}): Promise<Answer<NewShareLink>>;

  /** Make a schedule or a webhook. */
  createTrigger(given: Common & {id: string; body?: {
    kind?: "schedule" | "webhook";
    name?: string | null;
    enabled?: boolean;
    inputs?: {
      [name: string]: JSONValue;
    };
    cron?: string;
    timezone?: string;
    catch_up?: "none" | "last" | "all";
    catch_up_limit?: number;
    overlap?: "allow" | "skip";
    environment?: string | null;
    preset?: "generic" | "github" | "gitlab" | "standard";
    signed?: boolean;
    if?: string | null;
    secret?: string;
    new_address?: boolean;
  }; contentType?: string}): Promise<Answer<Trigger>>;

  /** Begin a file that comes in pieces. */
  createUpload(given: Common & {idempotencyKey?: string; body: {
    path: string;
    size: number;
    replace?: boolean;
  }; contentType?: string}): Promise<Answer<Upload>>;

  /** Make an account. */
  createUser(given: Common & {body: {
    name: AccountName;
    email?: string | null;
    role?: AccountRole;
    password?: Password;
  }; contentType?: string}): Promise<Answer<Account>>;

  /** Have messages about runs sent somewhere. */
  createWebhook(given?: Common & {body?: {
    url?: string;
    events?: RunNews[];
    pipeline?: string | null;
    name?: string | null;
    enabled?: boolean;
    secret?: string;
  }; contentType?: string}): Promise<Answer<Webhook>>;

  /** Delete a file. */
  deleteFile(given?: Common & {path?: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Leave the files as they are. */
  discardChanges(given: Common & {id: string; body?: {
    files?: string[];
  }; contentType?: string}): Promise<Answer<ChangeSet>>;

  /** What works on this host and what does not, with the fix. */
  doctor(given?: Common): Promise<Answer<{
    items: Finding[];
  }>>;

  /** End a session. */
  endSession(given: Common & {id: string}): Promise<Answer<null>>;

  /** What an expression, a template or ops give. */
  evaluate(given: Common & {id: string; body?: Evaluation; contentType?: string}): Promise<Answer<{
    value: JSONValue;
  }>>;

  /** Your pipelines with their documents as written. */
  exportPipelines(given?: Common & {limit?: number; cursor?: string}): Promise<Answer<{
    items: ({
      id: string;
      name: string;
      format: "yaml" | "json";
      text: string;
    })[];
    next_cursor: NextCursor;
  } | string>>;

  /** Model servers that answer on this machine. */
  findProviders(given?: Common): Promise<Answer<{
    items: ({
      name: string;
      kind: ProviderKind;
      base_url: string;
      models: string[];
      provider: string | null;
    })[];
  }>>;

  /** What happens with it, as it happens. */
  followPipeline(given: Common & {id: string; lastEventID?: string; presence?: "viewing" | "editing"}): AsyncGenerator<StreamEvent>;

  /** The same for every pipeline that you may see. */
  followPipelines(given?: Common & {lastEventID?: string}): AsyncGenerator<StreamEvent>;

  /** Everything that happens in a run, as server-sent events. */
  followRun(given: Common & {id: string; lastEventID?: string}): AsyncGenerator<StreamEvent>;

  /** Start a run that goes on from a step of one that has ended. */
  forkRun(given: Common & {id: string; idempotencyKey?: string; prefer?: string; body: {
    from: string;
    version?: number | string | null;
    changes?: {
      [name: string]: {
        [name: string]: JSONValue;
      };
    };
    mode?: "normal" | "replay";
  }; contentType?: string}): Promise<Answer<Run>>;

  /** One of them. */
  getAlert(given: Common & {id: string}): Promise<Answer<Alert>>;

  /** All of them in one zip archive. */
  getArchive(given: Common & {id: string}): Promise<Answer<Uint8Array>>;

  /** One of them, as a download. */
  getArtifact(given: Common & {id: string; ifNoneMatch?: string; range?: string}): Promise<Answer<string | Uint8Array>>;

  /** The files a run changed, each with its diff. */
  getChanges(given: Common & {id: string}): Promise<Answer<ChangeSet>>;

  /** One of them, with its body where that is kept. */
  getDelivery(given: Common & {id: string; trigger_id: string; delivery_id: string}): Promise<Answer<Delivery>>;

  /** An environment. */
  getEnvironment(given: Common & {name: string}): Promise<Answer<Environment>>;

  /** A file of your workspace as a download, or what a folder holds. */
  getFile(given?: Common & {path?: string; limit?: number; cursor?: string; ifNoneMatch?: string; range?: string}): Promise<Answer<Folder | string | Uint8Array>>;

  /** Where its steps stand on the canvas. */
  getLayout(given: Common & {id: string}): Promise<Answer<Layout>>;

  /** How the small local model stands. */
  getLocalModel(given?: Common): Promise<Answer<LocalModel>>;

  /** A pipeline with its document. */
  getPipeline(given: Common & {id: string; ifNoneMatch?: string}): Promise<Answer<Pipeline | string>>;

  /** One provider. */
  getProvider(given: Common & {id: string}): Promise<Answer<Provider>>;

  /** A run with its steps, attempts and the document it runs. */
  getRun(given: Common & {id: string}): Promise<Answer<Run | RunMetadata>>;

  /** What the steps of a run printed and their models wrote. */
  getRunLogs(given: Common & {id: string; limit?: number; cursor?: string; order?: "oldest" | "newest"}): Promise<Answer<{
    items: ({
      position: number;
      step: string;
      attempt: string;
      stream: "text" | "stdout" | "stderr";
      at: Moment;
      text: string;
    })[];
    next_cursor: NextCursor;
  }>>;

  /** What is known of a secret; the value is shown to nobody. */
  getSecret(given: Common & {name: string; environment?: string}): Promise<Answer<Secret>>;

  /** Who am I. */
  getSession(given?: Common): Promise<Answer<{
    account: {
      id: string;
      name: string;
      role: AccountRole;
    };
    credential: "installation" | "access_key" | "session";
    scopes: Scope[];
    csrf_token: string | null;
  }>>;

  /** Who may see and use it. */
  getShares(given: Common & {id: string}): Promise<Answer<Shares>>;

  /** A step. */
  getStep(given: Common & {id: string; step_id: string}): Promise<Answer<Step>>;

  /** The same of one step. */
  getStepLogs(given: Common & {id: string; step_id: string; limit?: number; cursor?: string; order?: "oldest" | "newest"}): Promise<Answer<{
    items: ({
      position: number;
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

  /** A template with its document, its page and its sample. */
  getTemplate(given: Common & {name: string}): Promise<Answer<Template>>;

  /** One of them. */
  getTrigger(given: Common & {id: string; trigger_id: string}): Promise<Answer<Trigger>>;

  /** How much of an upload has come. */
  getUpload(given: Common & {id: string}): Promise<Answer<Upload>>;

  /** What your runs used, and how they went. */
  getUsage(given?: Common & {since?: string; until?: string; pipeline?: string; all?: boolean}): Promise<Answer<UsageFigures>>;

  /** An account. */
  getUser(given: Common & {id: string}): Promise<Answer<Account>>;

  /** A variable with its value. */
  getVariable(given: Common & {name: string; environment?: string}): Promise<Answer<Variable>>;

  /** A version with its document. */
  getVersion(given: Common & {id: string; number: number}): Promise<Answer<Version | string>>;

  /** One of them. */
  getWebhook(given: Common & {id: string}): Promise<Answer<Webhook>>;

  /** The process answers. */
  health(given?: Common): Promise<Answer<{
    status: "ok";
  }>>;

  /** Keep several documents at once. */
  importPipelines(given: Common & {existing?: "refuse" | "replace" | "skip" | "rename"; body: string | {
    documents: ({
      [name: string]: JSONValue;
    } | string)[];
  }; contentType?: string}): Promise<Answer<Imported>>;

  /** Install the small local model, start it, and add it for all. */
  installLocalModel(given?: Common & {body?: {
    port?: number | null;
  }; contentType?: string}): Promise<Answer<LocalModel>>;

  /** One's own access keys, newest first. */
  listAccessKeys(given?: Common): Promise<Answer<{
    items: AccessKey[];
    next_cursor: NextCursor;
  }>>;

  /** What was done with it, and its runs. */
  listActivity(given: Common & {id: string; limit?: number; cursor?: string}): Promise<Answer<{
    items: Activity[];
    next_cursor: NextCursor;
  }>>;

  /** What you want to be told of. */
  listAlerts(given?: Common): Promise<Answer<{
    items: Alert[];
    next_cursor: NextCursor;
  }>>;

  /** The files a run wrote. */
  listArtifacts(given: Common & {id: string}): Promise<Answer<{
    items: Artifact[];
    next_cursor: NextCursor;
  }>>;

  /** Who did what, newest first. */
  listAudit(given?: Common & {limit?: number; cursor?: string; account?: string; action?: string; object?: string}): Promise<Answer<{
    items: AuditRecord[];
    next_cursor: NextCursor;
  }>>;

  /** What is said about it. */
  listComments(given: Common & {id: string; limit?: number; cursor?: string; step?: string; resolved?: boolean}): Promise<Answer<{
    items: Comment[];
    next_cursor: NextCursor;
  }>>;

  /** What set it off, and what came of it. */
  listDeliveries(given: Common & {id: string; trigger_id: string; limit?: number; cursor?: string}): Promise<Answer<{
    items: Delivery[];
    next_cursor: NextCursor;
  }>>;

  /** Your environments, by name. */
  listEnvironments(given?: Common & {limit?: number; cursor?: string}): Promise<Answer<{
    items: Environment[];
    next_cursor: NextCursor;
    total: number;
  }>>;

  /** What was sent, and how that went. */
  listMessages(given: Common & {id: string; limit?: number; cursor?: string}): Promise<Answer<{
    items: Message[];
    next_cursor: NextCursor;
  }>>;

  /** The models that your runs may ask, and the names for them. */
  listModels(given?: Common & {refresh?: boolean}): Promise<Answer<{
    items: Model[];
    aliases: ModelAlias[];
    unreachable: {
      provider: string;
      error: ModelFailure;
    }[];
  }>>;

  /** What your alerts said. */
  listNotifications(given?: Common & {limit?: number; cursor?: string; unread?: boolean}): Promise<Answer<{
    items: Notification[];
    next_cursor: NextCursor;
    unread: number;
  }>>;

  /** The pipelines that you may see. */
  listPipelines(given?: Common & {limit?: number; cursor?: string; q?: string; owner?: string; visibility?: "private" | "shared" | "public"; favourite?: boolean; tag?: string; sort?: "name" | "created" | "updated" | "last_run" | "relevance" | "-name" | "-created" | "-updated" | "-last_run" | "-relevance"; trashed?: boolean}): Promise<Answer<{
    items: PipelineSummary[];
    next_cursor: NextCursor;
  }>>;

  /** The model providers that your runs may use. */
  listProviders(given?: Common): Promise<Answer<{
    items: Provider[];
  }>>;

  /** Runs, newest first. */
  listRuns(given?: Common & {limit?: number; cursor?: string; pipeline?: string; status?: RunStatus[]; number?: number; trigger?: string; since?: string; until?: string}): Promise<Answer<{
    items: RunMetadata[];
    next_cursor: NextCursor;
  }>>;

  /** Your secrets, by name; never a value. */
  listSecrets(given?: Common & {limit?: number; cursor?: string; environment?: string}): Promise<Answer<{
    items: Secret[];
    next_cursor: NextCursor;
    total: number;
  }>>;

  /** One's own sessions, newest first. */
  listSessions(given?: Common): Promise<Answer<{
    items: Session[];
    next_cursor: NextCursor;
  }>>;

  /** Its links. */
  listShareLinks(given: Common & {id: string}): Promise<Answer<{
    items: ShareLink[];
    next_cursor: NextCursor;
  }>>;

  /** The steps of the document, in order. */
  listSteps(given: Common & {id: string}): Promise<Answer<{
    items: Step[];
    next_cursor: NextCursor;
  }>>;

  /** The tags of all pipelines that you may see. */
  listTags(given?: Common): Promise<Answer<{
    items: TagCount[];
    next_cursor: NextCursor;
  }>>;

  /** Pipelines to begin with, by name. */
  listTemplates(given?: Common & {limit?: number; cursor?: string; q?: string; category?: TemplateCategory}): Promise<Answer<{
    items: TemplateSummary[];
    next_cursor: NextCursor;
    categories: TemplateCategory[];
  }>>;

  /** What starts a pipeline by itself. */
  listTriggers(given: Common & {id: string}): Promise<Answer<{
    items: Trigger[];
    next_cursor: NextCursor;
  }>>;

  /** Your uploads that are not complete. */
  listUploads(given?: Common): Promise<Answer<{
    items: Upload[];
    next_cursor: NextCursor;
  }>>;

  /** All accounts, by name. */
  listUsers(given?: Common & {limit?: number; cursor?: string}): Promise<Answer<{
    items: Account[];
    next_cursor: NextCursor;
  }>>;

  /** Your variables, by name. */
  listVariables(given?: Common & {limit?: number; cursor?: string; environment?: string}): Promise<Answer<{
    items: Variable[];
    next_cursor: NextCursor;
    total: number;
  }>>;

  /** Its published versions. */
  listVersions(given: Common & {id: string; limit?: number; cursor?: string}): Promise<Answer<{
    items: VersionSummary[];
    next_cursor: NextCursor;
  }>>;

  /** Where your messages about runs go. */
  listWebhooks(given?: Common): Promise<Answer<{
    items: Webhook[];
    next_cursor: NextCursor;
  }>>;

  /** What a one-time link is for. */
  lookAtInvitation(given: Common & {body: {
    token: string;
  }; contentType?: string}): Promise<Answer<{
    kind: "invitation" | "reset";
    name: string | null;
    expires_at: Moment;
  }>>;

  /** Figures of this server for Prometheus. */
  metrics(given?: Common): Promise<Answer<string>>;

  /** This document. */
  openapi(given?: Common & {ifNoneMatch?: string}): Promise<Answer<{
    [name: string]: JSONValue;
  }>>;

  /** Let what runs end, and start nothing more. */
  pauseRun(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Run>>;

  /** Publish the document of a pipeline for every account. */
  publishTemplate(given: Common & {body: {
    pipeline: string;
    name?: string;
    category: TemplateCategory;
    readme?: string;
    sample_inputs?: {
      [name: string]: JSONValue;
    };
  }; contentType?: string}): Promise<Answer<Template>>;

  /** Publish the draft as its next version. */
  publishVersion(given: Common & {id: string; ifMatch?: string; idempotencyKey?: string; body?: VersionMessage; contentType?: string}): Promise<Answer<Version>>;

  /** Keep it, or a new value of it. */
  putEnvironment(given: Common & {name: string; ifMatch?: string; ifNoneMatch?: string; body?: {
    description?: string | null;
  }; contentType?: string}): Promise<Answer<Environment>>;

  /** Write a file. */
  putFile(given?: Common & {path?: string; ifMatch?: string; ifNoneMatch?: string; body?: Uint8Array | Blob | string; contentType?: string}): Promise<Answer<{
    path: string;
    size: number;
    sha256: string;
  }>>;

  /** Keep where its steps stand on the canvas. */
  putLayout(given: Common & {id: string; body: Layout; contentType?: string}): Promise<Answer<Layout>>;

  /** Keep it, or a new value of it. */
  putSecret(given: Common & {name: string; ifMatch?: string; ifNoneMatch?: string; body?: {
    value: string;
    hosts?: string[] | null;
    description?: string | null;
    environment?: string | null;
  }; contentType?: string}): Promise<Answer<Secret>>;

  /** Share it with one account. */
  putShare(given: Common & {id: string; account: string; body: {
    role: SharedRole;
    allows?: Allows;
  }; contentType?: string}): Promise<Answer<Shares>>;

  /** Set who may see and use it. */
  putShares(given: Common & {id: string; body: SharesBody; contentType?: string}): Promise<Answer<Shares>>;

  /** Keep it, or a new value of it. */
  putVariable(given: Common & {name: string; ifMatch?: string; ifNoneMatch?: string; body?: {
    value: string;
    description?: string | null;
    environment?: string | null;
  }; contentType?: string}): Promise<Answer<Variable>>;

  /** Mark some or all as read. */
  readNotifications(given: Common & {body: {
    ids?: string[];
    all?: boolean;
  }; contentType?: string}): Promise<Answer<null>>;

  /** Store, sandbox and disk are ready for work. */
  readiness(given?: Common): Promise<Answer<Readiness>>;

  /** Call a webhook, from another system. */
  receiveHook(given: Common & {token: string; body?: JSONValue; contentType?: string}): Promise<Answer<{
    delivery: string;
  }>>;

  /** Do it once more, as a new delivery. */
  redeliver(given: Common & {id: string; trigger_id: string; delivery_id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Delivery>>;

  /** Remove it with what it said. */
  removeAlert(given: Common & {id: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Remove your comment. */
  removeComment(given: Common & {id: string; comment_id: string}): Promise<Answer<null>>;

  /** Remove it, with the values it has. */
  removeEnvironment(given: Common & {name: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Take it out of your favourites. */
  removeFavourite(given: Common & {id: string}): Promise<Answer<null>>;

  /** Remove such a name. */
  removeModelAlias(given: Common & {name: ProviderName; for_all?: boolean}): Promise<Answer<null>>;

  /** Remove it, its key and what is known of its models. */
  removeProvider(given: Common & {id: string}): Promise<Answer<null>>;

  /** Remove it. */
  removeSecret(given: Common & {name: string; environment?: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Take it back from one account. */
  removeShare(given: Common & {id: string; account: string}): Promise<Answer<null>>;

  /** Revoke a link. */
  removeShareLink(given: Common & {id: string; link_id: string}): Promise<Answer<null>>;

  /** Take it back from everybody. */
  removeShares(given: Common & {id: string}): Promise<Answer<null>>;

  /** Take it out of the document. */
  removeStep(given: Common & {id: string; step_id: string; ifMatch?: string; draft?: boolean; merge?: boolean}): Promise<Answer<null>>;

  /** Take back what was published. */
  removeTemplate(given: Common & {name: string}): Promise<Answer<null>>;

  /** Remove it with its deliveries. */
  removeTrigger(given: Common & {id: string; trigger_id: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Drop an upload; a file that is complete stays. */
  removeUpload(given: Common & {id: string}): Promise<Answer<null>>;

  /** Remove an account. */
  removeUser(given: Common & {id: string; transfer_to?: string}): Promise<Answer<null>>;

  /** Remove it. */
  removeVariable(given: Common & {name: string; environment?: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Remove it with its messages. */
  removeWebhook(given: Common & {id: string; ifMatch?: string}): Promise<Answer<null>>;

  /** Put all steps in another order, at once. */
  reorderSteps(given: Common & {id: string; ifMatch?: string; draft?: boolean; body: {
    steps: string[];
  }; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Put another document in its place. */
  replacePipeline(given: Common & {id: string; ifMatch?: string; draft?: boolean; merge?: boolean; body: string | DocumentBody; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Put another step in its place. */
  replaceStep(given: Common & {id: string; step_id: string; ifMatch?: string; draft?: boolean; merge?: boolean; body: Step | string; contentType?: string}): Promise<Answer<Step>>;

  /** Send it once more, under its id. */
  resendMessage(given: Common & {id: string; message_id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Message>>;

  /** Take it out of the trash. */
  restorePipeline(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Pipeline>>;

  /** Publish an earlier version once more and make it the draft. */
  restoreVersion(given: Common & {id: string; number: number; ifMatch?: string; idempotencyKey?: string; body?: VersionMessage; contentType?: string}): Promise<Answer<Version>>;

  /** Go on with a run that was paused, interrupted, cancelled or failed. */
  resumeRun(given: Common & {id: string; body?: {[name: string]: never}; contentType?: string}): Promise<Answer<Run>>;

  /** Run an ended run once more, in place. */
  retryRun(given: Common & {id: string; body?: {
    step?: string | null;
    from?: string | null;
  }; contentType?: string}): Promise<Answer<Run>>;

  /** Revoke an access key. */
  revokeAccessKey(given: Common & {id: string}): Promise<Answer<null>>;

  /** The JSON Schema of documents. */
  schema(given?: Common & {ifNoneMatch?: string}): Promise<Answer<{
    [name: string]: JSONValue;
  }>>;

  /** Let a name stand for a model. */
  setModelAlias(given: Common & {name: ProviderName; body?: {
    model: string;
    for_all?: boolean;
  }; contentType?: string}): Promise<Answer<ModelAlias>>;

  /** Set a password. */
  setPassword(given: Common & {id: string; body: {
    password: Password;
    current?: string;
  }; contentType?: string}): Promise<Answer<{
    csrf_token: string;
  }>>;

  /** Make the first account. */
  setUp(given: Common & {body: {
    token: string;
    name?: AccountName;
    email?: string | null;
    password: Password;
  }; contentType?: string}): Promise<Answer<{
    account: Account;
    session: Session;
    csrf_token: string;
  }>>;

  /** Sign in. */
  signIn(given: Common & {body: ({
    name: string;
    password: string;
  }) | ({
    token: string;
  }); contentType?: string}): Promise<Answer<{
    account: Account;
    session: Session;
    csrf_token: string;
  }>>;

  /** Sign out. */
  signOut(given?: Common): Promise<Answer<null>>;

  /** Start a run of a version of the pipeline, or of its draft. */
  startRun(given: Common & {id: string; idempotencyKey?: string; prefer?: string; body?: {
    inputs?: {
      [name: string]: JSONValue;
    };
    environment?: string | null;
    mode?: "normal" | "replay";
    version?: number | string | null;
    only?: {
      step: string;
      from_run?: string;
    };
  }; contentType?: string}): Promise<Answer<Run>>;

  /** Make a real call, and say how it went. */
  testProvider(given: Common & {id: string; body?: {
    model?: string;
  }; contentType?: string}): Promise<Answer<{
    ok: boolean;
    models: number | null;
    model?: string;
    answered_by?: string;
    text?: string;
    finish_reason?: string;
    usage?: {
      input_tokens?: number | null;
      output_tokens?: number | null;
    };
    latency?: {
      first_token_ms?: number | null;
      total_ms?: number;
    };
    error?: ModelFailure;
  }>>;

  /** Put it into the trash, or remove it from there for good. */
  trashPipeline(given: Common & {id: string; ifMatch?: string; purge?: boolean}): Promise<Answer<null>>;

  /** Take back what a run changed. */
  undoChanges(given: Common & {id: string; body?: {
    files?: string[];
  }; contentType?: string}): Promise<Answer<ChangeSet>>;

  /** Everything that is wrong or doubtful in a document. */
  validate(given: Common & {body: string | JSONValue; contentType?: string}): Promise<Answer<Validation>>;

  /** The same for a stored pipeline, or for what would take its place. */
  validatePipeline(given: Common & {id: string; body?: string | JSONValue; contentType?: string}): Promise<Answer<Validation>>;

  /** When a schedule would fire. */
  validateSchedule(given: Common & {body: {
    cron: string;
    timezone?: string;
  }; contentType?: string}): Promise<Answer<{
    cron: string;
    timezone: string;
    next: Moment[];
  }>>;

  /** Whether the log is as it was written. */
  verifyAudit(given?: Common): Promise<Answer<{
    whole: boolean;
    records: number | null;
    newest_digest: string | null;
    broken_at: number | null;
    reason: string | null;
  }>>;
}
