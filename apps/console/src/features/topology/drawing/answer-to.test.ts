import { expect, test } from "vitest";
import { answerTo } from "./answer-to.ts";
import { Painter } from "./painter.ts";

const frame = { box: { x: 0, y: 0, width: 100, height: 100 }, scale: 1 };

test("where there is no canvas, a picture is answered with why it is not there, each time", async () => {
  const painter = new Painter(new Set() as unknown as FontFaceSet); // nothing asks it for a font
  const paint = { kind: "paint", frame, pixelRatio: 2 } as const;
  const failed = { failed: "OffscreenCanvas is not defined" };
  expect(await answerTo(painter, paint)).toEqual(failed);
  expect(await answerTo(painter, paint)).toEqual(failed);
  expect(await answerTo(painter, { kind: "dimmed", dimmed: {} })).toBeUndefined();
});
