// State that tells who read it. A signal holds a value, a computed gives one from others, an effect runs again, in a
// microtask and once for many changes, when what it read has changed.

/** @typedef {{refresh(): void, version: number, readers: Set<Reader>, begin?(): void, rest?(): void}} Source `begin` with the first reader, `rest` after the last */
/** @typedef {{read: Map<Source, number>, isAwake: boolean, notify(): void}} Reader only one that is awake is told of changes */

/** @type {Reader | null} */
let reading = null;
/** @type {Set<Effect>} */
const due = new Set();
let isScheduled = false;

/** @param {Source} source */
function track(source) {
  if (!reading) return;
  reading.read.set(source, source.version);
  if (reading.isAwake) join(source, reading);
}

/** @param {Source} source @param {Reader} reader */
function join(source, reader) {
  const isFirst = source.readers.size === 0;
  source.readers.add(reader);
  if (isFirst) source.begin?.();
}

/** @param {Source} source @param {Reader} reader */
function leave(source, reader) {
  if (source.readers.delete(reader) && source.readers.size === 0) source.rest?.();
}

/** Runs what reads; what it read before and does not any more is left. @template T @param {Reader} reader @param {() => T} act @returns {T} */
function readAnew(reader, act) {
  const before = reader.read;
  const outer = reading;
  reader.read = new Map();
  reading = reader;
  try {
    return act();
  } finally {
    reading = outer;
    for (const source of before.keys()) if (!reader.read.has(source)) leave(source, reader);
  }
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

/**
 * While nobody reads it, what it read does not know of it, and so does not keep it: it then looks for changes when asked.
 * @template T
 */
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
  get isAwake() { return this.readers.size > 0; }
  begin() { for (const source of this.read.keys()) join(source, this); }
  rest() { for (const source of this.read.keys()) leave(source, this); }
  notify() {
    if (this.#isDirty) return;
    this.#isDirty = true;
    for (const reader of [...this.readers]) reader.notify();
  }
  refresh() {
    if (this.isAwake && !this.#isDirty) return;
    if (this.version > 0 && !isStale(this)) { this.#isDirty = false; return; }
    const next = readAnew(this, this.#make);
    if (this.version === 0 || !Object.is(next, this.#value)) {
      this.#value = next;
      this.version += 1;
    }
    this.#isDirty = false;
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
  isAwake = true;
  /** @type {Map<Source, number>} */
  read = new Map();
  /** @type {void | (() => void)} */
  #cleanup;
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
    this.#cleanup = readAnew(this, this.#act);
    // It may have ended itself.
    if (!this.isAwake) this.#clean();
  }
  again() {
    if (this.isAwake && isStale(this)) this.run();
  }
  #clean() {
    const cleanup = this.#cleanup;
    this.#cleanup = undefined;
    if (typeof cleanup === "function") untracked(cleanup);
  }
  end() {
    this.isAwake = false;
    due.delete(this);
    for (const source of this.read.keys()) leave(source, this);
    this.read.clear();
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
