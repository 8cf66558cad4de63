import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {test} from "node:test";
import {commandFor, quoted} from "../model/curl.js";

test("a shell reads a quoted text as the text", () => {
  for (const text of ["plain", "two words", "it's $HOME `date` \\ \"x\"", "a\nb"]) {
    assert.equal(execFileSync("sh", ["-c", `printf %s ${quoted(text)}`]).toString(), text);
  }
});

const given = {server: "http://127.0.0.1:7070", key: "cf_x_y"};

test("a key that may run is shown starting its pipeline", () => {
  const {text} = commandFor({...given, scopes: ["read", "run"], pipelines: [{id: "pl_1"}]});
  assert.match(text, /pipelines\/pl_1\/runs/);
  assert.match(text, /'\{"inputs": \{\}\}'/);
});

test("a key without the scope for it is not shown doing it", () => {
  assert.match(commandFor({...given, scopes: ["read"], pipelines: null}).text, /\/api\/v1\/pipelines /);
  assert.match(commandFor({...given, scopes: ["read"], pipelines: [{id: "pl_1"}]}).text, /\/api\/v1\/pipelines\/pl_1 /);
});
