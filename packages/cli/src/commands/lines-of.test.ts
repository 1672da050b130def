import { expect, test } from "vitest";
import { linesOf } from "./lines-of.ts";

test.each`
  pieces                    | lines
  ${["a\nb\n"]}             | ${["a", "b"]}
  ${["a", "b\nc", "\n"]}    | ${["ab", "c"]}
  ${["a\n", "cut off"]}     | ${["a"]}
  ${[]}                     | ${[]}
  ${[[0xc3], [0xa4, 0x0a]]} | ${["ä"]}
`("$pieces are the lines $lines", async ({ pieces, lines }) => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(Buffer.from(piece));
      controller.close();
    },
  });
  expect(await Array.fromAsync(linesOf(new Response(body)))).toEqual(lines);
});

test("an answer without a body has no lines", async () => {
  expect(await Array.fromAsync(linesOf(new Response(null)))).toEqual([]);
});
