// Runs one JavaScript step inside the jail: reads {"code", "inputs"} from descriptor 4, runs the code as step.js,
// writes {"result": …} or {"error": {type, message, line}} to descriptor 3 and progress lines to descriptor 5.
//
// Nothing here protects anything: the kernel does. What is written to descriptor 3 is untrusted to the reader.
"use strict";

const fs = require("node:fs");
const vm = require("node:vm");
const { createRequire } = require("node:module");

const NAME = "step.js";
const job = JSON.parse(fs.readFileSync(4, "utf8"));
fs.closeSync(4);

function writeAll(descriptor, text) {
    let data = Buffer.from(text, "utf8");
    while (data.length > 0) data = data.subarray(fs.writeSync(descriptor, data));
}

let lastProgress = 0;
function progress(done, of = null, note = null) {
    const now = Date.now();
    if (now - lastProgress < 50 && done !== of) return;
    lastProgress = now;
    writeAll(5, JSON.stringify({ done, of, note: note === null ? null : String(note).slice(0, 200) }) + "\n");
}

/** The line of the user's own code that `error` names first, or null. */
function lineOf(error) {
    const found = /\bstep\.js:(\d+)/.exec(String(error?.stack ?? ""));
    return found ? Math.min(Number(found[1]), job.code.split("\n").length) : null;
}

/** The stack without the frames of this file and of Node itself. */
function ownStack(error) {
    if (!(error instanceof Error) && typeof error?.stack !== "string") return "Uncaught " + String(error);
    return error.stack
        .split("\n")
        .filter((line) => !/^\s+at /.test(line) || line.includes(NAME))
        .join("\n");
}

let settled = false;
function fail(error) {
    if (!settled) {
        settled = true;
        const type = error instanceof Error || error?.name ? String(error.name) : "Error";
        const message = error instanceof Error || error?.message ? String(error.message) : String(error);
        writeAll(3, JSON.stringify({ error: { type, message: message.slice(0, 2000), line: lineOf(error) } }));
    }
    process.stderr.write(ownStack(error) + "\n");
    process.exit(1);
}

/** Refuses what JSON.stringify would drop or change without a word. */
function check(value, path, above) {
    const refuse = (what) => {
        throw new TypeError(`the result is not JSON: ${path} is ${what}`);
    };
    switch (typeof value) {
        case "bigint":
            return refuse("a BigInt; convert it with Number() or String()");
        case "function":
        case "symbol":
            return refuse(`a ${typeof value}`);
        case "number":
            return Number.isFinite(value) ? undefined : refuse(String(value));
        case "object":
            break;
        default:
            return undefined;
    }
    if (value === null || typeof value.toJSON === "function") return undefined;
    if (value instanceof Map) return refuse("a Map; convert it with Object.fromEntries()");
    if (value instanceof Set) return refuse("a Set; convert it with Array.from()");
    if (value instanceof Promise) return refuse("a Promise; await it");
    if (above.includes(value)) return refuse("part of a cycle");
    const parents = [...above, value];
    if (Array.isArray(value)) return value.forEach((part, index) => check(part, `${path}[${index}]`, parents));
    for (const [key, part] of Object.entries(value)) check(part, `${path}.${key}`, parents);
    return undefined;
}

function succeed(value) {
    check(value, "result", []);
    const text = JSON.stringify(value);
    settled = true;
    if (text !== undefined) writeAll(3, `{"result": ${text}}`);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

// One asynchronous function around the code, so that `await` and `return` may stand at its top. The first line keeps
// its number, and the columns of that line are put right.
const before = "(async (inputs, progress, require) => {";
const after =
    "\n;return { main: typeof main === 'function' ? main : undefined, result: () => " +
    "typeof result === 'undefined' ? undefined : result }; })";

async function run() {
    const options = { filename: NAME, columnOffset: -before.length };
    const loader = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    if (loader) options.importModuleDynamically = loader;
    const body = new vm.Script(before + job.code + after, options).runInThisContext();
    const answer = await body(job.inputs, progress, createRequire("/job/" + NAME));
    // A `return` at the top of the code gives the result itself.
    if (!answer || typeof answer.result !== "function") return () => answer;
    if (!answer.main) return answer.result;
    const value = await answer.main(job.inputs);
    if (value === undefined) return answer.result;
    succeed(value);
    process.exit();
}

/** Gives the value of `result` in the code, once the code has run to its end. */
let result;
let finished = false;

// Nothing is left to wait for: timers and callbacks of the code have run, and may have set the result.
process.on("beforeExit", () => {
    if (settled) return;
    if (!finished) fail(new Error("the code waits for a promise that nothing settles"));
    try {
        succeed(result());
    } catch (error) {
        fail(error);
    }
});

// The code ended itself with success; what it assigned until then is its result.
process.on("exit", (code) => {
    if (settled || code !== 0) return;
    try {
        succeed(result ? result() : globalThis.result);
    } catch (error) {
        fail(error);
    }
});

run().then(
    (given) => {
        finished = true;
        result = given;
    },
    fail,
);
