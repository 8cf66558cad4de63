import assert from "node:assert/strict";
import {test} from "node:test";
import {csvOf} from "../model/csv.js";

test("a value with a comma, a quote or a line break is quoted, what is unknown is empty", () => {
  assert.equal(csvOf(["a", "b"], [["x, y", 'say "no"'], ["two\nlines", null]]), 'a,b\r\n"x, y","say ""no"""\r\n"two\nlines",\r\n');
});

test("no name becomes a formula of the spreadsheet, and numbers stay numbers", () => {
  assert.equal(csvOf(["n"], [["=HYPERLINK(1)"], ["@a"], [-1.5]]), "n\r\n'=HYPERLINK(1)\r\n'@a\r\n-1.5\r\n");
});
