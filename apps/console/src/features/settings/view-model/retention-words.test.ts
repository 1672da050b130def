import { expect, test } from "vitest";
import { retentionWords } from "./retention-words.ts";

test("hours are told as people say them, each kind by what it is", () => {
  expect(
    retentionWords({ spans: 24, edges1m: 168, edges1d: 9_600, logs: 1, metrics: 50, other: 36 }),
  ).toEqual([
    { kind: "Spans and traces", kept: "24 hours" },
    { kind: "Map, by minutes", kept: "7 days" },
    { kind: "Map, by days", kept: "400 days" },
    { kind: "Logs", kept: "1 hour" },
    { kind: "Metrics of others", kept: "50 hours" },
    { kind: "other", kept: "36 hours" },
  ]);
});
