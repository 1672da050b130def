import { expect, test } from "vitest";
import { readBeginning } from "./read-beginning.ts";

test.each`
  parts                     | read       | given
  ${[]}                     | ${""}      | ${"nothing"}
  ${["ab", "cd"]}           | ${"abcd"}  | ${"just as much as may be read"}
  ${["ab", "cde", "never"]} | ${"abcde"} | ${"more: the part that goes beyond is the last"}
`("of $given it reads $read", async ({ parts, read }) => {
  let ended = false;
  async function* body() {
    try {
      for (const part of parts) yield Buffer.from(part);
    } finally {
      ended = true;
    }
  }
  expect((await readBeginning(body(), 4)).toString()).toBe(read);
  expect(ended).toBe(true);
});
