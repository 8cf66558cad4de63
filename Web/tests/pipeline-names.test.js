import {test} from "node:test";
import assert from "node:assert/strict";
import {nameError, nameFrom, nextName} from "../pages/pipelines/names.js";

test("A name is made of a title as pipelines have it", () => {
  assert.equal(nameFrom("  Über die Prüfung: Teil 2! "), "uber-die-prufung-teil-2");
  assert.equal(nameFrom("日本"), "");
  assert.equal(nameFrom("x".repeat(90)).length, 64);
});

test("A name that is taken gives the next one", () => {
  assert.deepEqual(["a", "a-2", "review-9", "a-b"].map(nextName), ["a-2", "a-3", "review-10", "a-b-2"]);
  assert.equal(nameError(nextName("x".repeat(64))), null);
});

test("A name says what is wrong with it", () => {
  for (const name of ["", "A", "a b", "-a", "a-", "ü", "x".repeat(65)]) assert.notEqual(nameError(name), null, name);
  for (const name of ["a", "a-1", "a--b", "0", "x".repeat(64)]) assert.equal(nameError(name), null, name);
});
