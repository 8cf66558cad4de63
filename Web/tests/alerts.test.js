import assert from "node:assert/strict";
import {test} from "node:test";
import {inUnits, readThreshold} from "../model/alerts.js";

test("a span is said in the largest unit that says it whole", () => {
  assert.deepEqual(inUnits(90_000), {amount: "90", unit: "1000"});
  assert.deepEqual(inUnits(7_200_000), {amount: "2", unit: "3600000"});
  assert.deepEqual(inUnits(500), {amount: "0.5", unit: "1000"});
});

test("a span comes back as it was", () => {
  for (const ms of [500, 90_000, 86_400_000]) {
    const {amount, unit} = inUnits(ms);
    assert.deepEqual(readThreshold("duration", amount, unit), {threshold: {duration_ms: ms}, wrong: null});
  }
});

test("a threshold out of bounds is named before it is sent", () => {
  for (const [kind, amount, unit] of [["failure", "0", ""], ["failure", "1.5", ""], ["cost", "0", ""], ["cost", "", ""], ["silence", "30", "1000"], ["duration", "31", "86400000"]]) {
    assert.notEqual(readThreshold(kind ?? "", amount ?? "", unit ?? "").wrong, null, `${kind} ${amount}`);
  }
  assert.equal(readThreshold("failure", "3", "").wrong, null);
  assert.equal(readThreshold("silence", "1", "60000").wrong, null);
});
