import { expect, test } from "vitest";
import type { PreviewAnswer, PreviewEvent } from "../../../server/api/preview.ts";
import { wholePreview } from "./whole-preview.ts";

const telling = (finished: boolean): PreviewEvent => ({
  ...{ kind: finished ? "preview" : "so-far", policy: "canary", finished, coveredToMs: 0, sidecars: 1 },
  ...{ service: { namespace: "shop", name: "cart" }, window: { fromMs: 0, toMs: 1 }, requests: 0 },
  ...{ callers: [], routes: [], moreRoutes: 0, others: { callers: 0, requests: 0 } },
});
const [soFar, whole] = [telling(false), telling(true)];
const end = { kind: "end", detail: "the database is away" } as const;

test.each`
  told                     | heard                    | error
  ${[soFar, soFar, whole]} | ${[soFar, soFar, whole]} | ${undefined}
  ${[soFar, end]}          | ${[soFar]}               | ${"it ended before it was through: the database is away"}
  ${[end]}                 | ${[]}                    | ${"it ended before it was through: the database is away"}
  ${[soFar]}               | ${[soFar]}               | ${"the console ended it before it was through"}
  ${[]}                    | ${[]}                    | ${"the console ended it before it was through"}
`("of $told.length events $heard.length are heard, and then: $error", async ({ told, heard, error }) => {
  const found: PreviewEvent[] = [];
  const following = (async () => {
    for await (const event of wholePreview(eachOf(told))) found.push(event);
  })();
  if (error === undefined) await following;
  else await expect(following).rejects.toThrow(error);
  expect(found).toEqual(heard);
});

async function* eachOf(events: readonly PreviewAnswer[]): AsyncGenerator<PreviewAnswer> {
  yield* events;
}
