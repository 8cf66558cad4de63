import assert from "node:assert/strict";
import {test} from "node:test";
import {addressRefusal, dollars, healthWords, isPrivate, nameRefusal, namesOf, tokens} from "../model/models.js";

test("a context is said in the unit in which it was made", () => {
  assert.deepEqual([512, 8192, 32_768, 128_000, 200_000, 1_048_576, 1_500_000].map(tokens),
    ["512", "8 k", "32 k", "128 k", "200 k", "1 M", "1.5 M"]);
});

test("a price keeps the digits that it has", () => {
  assert.deepEqual([0, 3, 0.15, 0.0375].map(dollars), ["$0.00", "$3.00", "$0.15", "$0.0375"]);
});

test("a model that nobody asked is neither well nor ill", () => {
  assert.equal(healthWords(null).tone, "idle");
});

test("a model is ill when every call failed, doubtful when some did", () => {
  const health = {calls: 4, last_call_at: "", last_error: null, first_token_ms: null, total_ms: null, tokens_per_second: null};
  assert.deepEqual([0, 1, 4].map((failures) => healthWords({...health, failures}).tone), ["ok", "warn", "bad"]);
});

test("addresses that only an admin opens are known before they are sent", () => {
  for (const text of ["http://127.0.0.1:8091/v1", "http://localhost", "http://10.1.2.3", "https://models.example:8443", "http://[::1]:80"]) {
    assert.equal(isPrivate(text), true, text);
  }
  for (const text of ["https://api.openai.com/v1", "http://example.com:80", "nonsense"]) assert.equal(isPrivate(text), false, text);
});

test("names and addresses are checked where they are typed", () => {
  assert.equal(nameRefusal("my-box.2"), null);
  assert.notEqual(nameRefusal("My box"), null);
  assert.equal(addressRefusal("https://api.anthropic.com"), null);
  assert.notEqual(addressRefusal("api.anthropic.com"), null);
});

test("default, fast and strong have a place also while they stand for nothing", () => {
  const names = namesOf([{name: "writer", model: "a/b", scope: "own", holds: true}]);
  assert.deepEqual(names.map(({name, aliases}) => [name, aliases.length]), [["default", 0], ["fast", 0], ["strong", 0], ["writer", 1]]);
});
