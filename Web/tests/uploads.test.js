import assert from "node:assert/strict";
import {test} from "node:test";
import {isOpen, nextPiece, otherFile, Pace, PIECE_BYTES, progress, progressWords} from "../model/uploads.js";

test("the progress of many is by bytes, and what is refused does not count", () => {
  const {part, done, of} = progress([
    {size: 100, sent: 0, state: "done"}, {size: 300, sent: 100, state: "sending"}, {size: 900, sent: 0, state: "refused"},
  ]);
  assert.deepEqual([part, done, of], [0.5, 1, 2]);
});

test("files without a byte count by number", () => {
  assert.equal(progress([{size: 0, sent: 0, state: "done"}, {size: 0, sent: 0, state: "sending"}]).part, 0.5);
});

test("pieces follow each other, the last one ends with the file, and the server may name their size", () => {
  assert.deepEqual(nextPiece(0, PIECE_BYTES + 1, null), {from: 0, to: PIECE_BYTES});
  assert.deepEqual(nextPiece(PIECE_BYTES, PIECE_BYTES + 1, undefined), {from: PIECE_BYTES, to: PIECE_BYTES + 1});
  assert.deepEqual(nextPiece(100, 1000, 64), {from: 100, to: 164});
});

test("an upload goes on with a file of the same name and size alone", () => {
  const begun = {path: "data/å.bin", size: 10};
  assert.equal(otherFile(begun, {name: "a\u030a.bin", size: 10}), null);
  assert.match(otherFile(begun, {name: "b.bin", size: 10}) ?? "", /another file/);
  assert.match(otherFile(begun, {name: "å.bin", size: 11}) ?? "", /when the upload began/);
});

test("the pace is that of the last seconds, and unknown at first", () => {
  const pace = new Pace();
  pace.add(0, 0);
  pace.add(500, 1000);
  assert.equal(pace.rate, null);
  pace.add(1000, 2000);
  assert.equal(pace.rate, 2000);
  for (let at = 2000; at <= 20_000; at += 1000) pace.add(at, 2000 + (at - 1000) * 10);
  assert.equal(pace.rate, 10_000);
  pace.add(20_500, 5);
  assert.equal(pace.rate, null);
});

test("what is left is told as soon as the pace is known", () => {
  assert.equal(progressWords({sent: 0, size: 2_000_000}, null), "0\u202fB of 2\u202fMB");
  assert.equal(progressWords({sent: 1_000_000, size: 3_000_000}, 500_000), "1\u202fMB of 3\u202fMB · 500\u202fKB/s · 4.0\u202fs left");
});

test("a paused upload is open, one that is over is not", () => {
  assert.deepEqual(["paused", "broken", "open", "done", "failed", "cancelled"].map(isOpen), [true, true, true, false, false, false]);
});
