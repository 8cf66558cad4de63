// What can be done where one is: pages offer it, the search runs it, the sheet of shortcuts lists its keys.
//
//   this.own(app.offer({title: "Builder", commands: [{label: "Save version", icon: "save", keys: "Ctrl S", run: () => …}]}));
//
// `keys` are listed, not bound: who offers a command listens for its keys. One without `run` is a key alone.

import {signal} from "../dom/signal.js";

/** @typedef {{label: string, icon?: import("../parts/icon.js").IconName, keys?: string, run?: () => void}} Command */
/** @typedef {{title: string, commands: Command[]}} CommandGroup */

export class Commands {
  #groups = signal(/** @type {CommandGroup[]} */ ([]));

  get value() { return this.#groups.value; }

  /** What was offered last stands first. @param {CommandGroup} group @returns {() => void} takes it back */
  offer(group) {
    this.#groups.value = [group, ...this.#groups.peek()];
    return () => { this.#groups.value = this.#groups.peek().filter((one) => one !== group); };
  }
}
