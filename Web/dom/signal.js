// State that tells who read it. A signal holds a value, a computed gives one from others, an effect runs again, in a
// microtask and once for many changes, when what it read has changed.

/** @typedef {{refresh(): void, version: number, readers: Set<Reader>}} Source */
/** @typedef {{read: Map<Source, number>, notify(): void}} Reader */

/** @type {Reader | null} */
let reading = null;
/** @type {Set<Effect>} */
const due = new Set();
let isScheduled = false;

/** @param {Source} source */
function track(source) {
  if (!reading) return;
  source.readers.add(reading);
  reading.read.set(source, source.version);
}

/** @param {Reader} reader */
function forget(reader) {
  for (const source of reader.read.keys()) source.readers.delete(reader);
  reader.read.clear();
}

/** Whether what a reader read is another by now. @param {Reader} reader */
function isStale(reader) {
  for (const [source, version] of reader.read) {
    source.refresh();
    if (source.version !== version) return true;
  }
  return false;
}

/** @template T */
export class Signal {
  version = 0;
  /** @type {Set<Reader>} */
  readers = new Set();
  #value;
  /** @param {T} value */
  constructor(value) { this.#value = value; }
  refresh() {}
  /** The value, without being told when it changes. */
  peek() { return this.#value; }
  get value() {
    track(this);
    return this.#value;
  }
  set value(next) {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    this.version += 1;
    for (const reader of [...this.readers]) reader.notify();
  }
}

/** @template T */
class Computed {
  version = 0;
  /** @type {Set<Reader>} */
  readers = new Set();
  /** @type {Map<Source, number>} */
  read = new Map();
  #isDirty = true;
  /** @type {T | undefined} */
  #value;
  #make;
  /** @param {() => T} make */
  constructor(make) { this.#make = make; }
  notify() {
    if (this.#isDirty) return;
    this.#isDirty = true;
    for (const reader of [...this.readers]) reader.notify();
  }
  refresh() {
    if (!this.#isDirty) return;
    if (this.version > 0 && !isStale(this)) { this.#isDirty = false; return; }
    forget(this);
    const outer = reading;
    reading = this;
    try {
      const next = this.#make();
      if (this.version === 0 || !Object.is(next, this.#value)) {
        this.#value = next;
        this.version += 1;
      }
      this.#isDirty = false;
    } finally {
      reading = outer;
    }
  }
  peek() {
    this.refresh();
    return /** @type {T} */ (this.#value);
  }
  get value() {
    this.refresh();
    track(this);
    return /** @type {T} */ (this.#value);
  }
}

class Effect {
  /** @type {Map<Source, number>} */
  read = new Map();
  /** @type {void | (() => void)} */
  #cleanup;
  #isOver = false;
  #act;
  /** @param {() => void | (() => void)} act */
  constructor(act) { this.#act = act; }
  notify() {
    due.add(this);
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(flush);
  }
  run() {
    this.#clean();
    forget(this);
    const outer = reading;
    reading = this;
    try {
      this.#cleanup = this.#act();
    } finally {
      reading = outer;
    }
  }
  again() {
    if (!this.#isOver && isStale(this)) this.run();
  }
  #clean() {
    const cleanup = this.#cleanup;
    this.#cleanup = undefined;
    if (typeof cleanup === "function") untracked(cleanup);
  }
  end() {
    this.#isOver = true;
    due.delete(this);
    forget(this);
    this.#clean();
  }
}

const MOST_ROUNDS = 100;

function flush() {
  isScheduled = false;
  for (let round = 0; due.size > 0; round += 1) {
    if (round > MOST_ROUNDS) {
      due.clear();
      throw new Error("effects change what they read, without end");
    }
    const effects = [...due];
    due.clear();
    for (const effect of effects) {
      try {
        effect.again();
      } catch (error) {
        // One effect that fails keeps no other from running.
        if (typeof reportError === "function") reportError(error); else queueMicrotask(() => { throw error; });
      }
    }
  }
}

/** A value that tells its readers of a change. @template T @param {T} initial @returns {Signal<T>} */
export const signal = (initial) => new Signal(initial);

/** A value from other values, made when it is read. @template T @param {() => T} make */
export const computed = (make) => new Computed(make);

/** Runs at once, and again after what it read has changed. What it returns is called before the next run and at the end.
 * @param {() => void | (() => void)} act @returns {() => void} ends it */
export function effect(act) {
  const made = new Effect(act);
  made.run();
  return () => made.end();
}

/** Runs, and then at once every effect that is due. @template T @param {() => T} act @returns {T} */
export function batch(act) {
  try {
    return act();
  } finally {
    flush();
  }
}

/** Runs without being told of later changes. @template T @param {() => T} act @returns {T} */
export function untracked(act) {
  const outer = reading;
  reading = null;
  try {
    return act();
  } finally {
    reading = outer;
  }
}
