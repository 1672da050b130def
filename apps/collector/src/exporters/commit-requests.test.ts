import type { TelemetryRequest } from "@weir/store";
import fc from "fast-check";
import { expect, test } from "vitest";
import { commitRequests } from "./commit-requests.ts";

const empty = { accessLogs: [], logs: [], edgePoints: [], decisionPoints: [], metricPoints: [] };
const requestsOf = (count: number): TelemetryRequest[] =>
  Array.from({ length: count }, (_, i) => ({ ...empty, digest: Uint8Array.of(i) }));
const failure = (code: string) => Object.assign(new Error(`failed with ${code}`), { code });

test("the requests at fault are refused, all others committed once, whatever their order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (poisoned) => {
      const requests = requestsOf(poisoned.length);
      const bad = new Set(requests.filter((_, i) => poisoned[i]));
      const committed: TelemetryRequest[] = [];
      const outcomes = await commitRequests(requests, async (part) => {
        if (part.some((request) => bad.has(request))) throw failure("22P05");
        committed.push(...part);
        return { stored: new Set(part) };
      });
      expect(outcomes.map(({ kind }) => kind)).toEqual(poisoned.map((p) => (p ? "refused" : "committed")));
      expect(committed).toEqual(requests.filter((request) => !bad.has(request)));
    }),
  );
});

test("the request that takes too long is found, tried once more with patience, and alone is not committed", async () => {
  const requests = requestsOf(8);
  const tries: [number, number][] = [];
  const outcomes = await commitRequests(requests, async (part, patience) => {
    tries.push([part.length, patience]);
    if (part.includes(requests[5] as TelemetryRequest)) throw failure("57014");
    return { stored: new Set(part) };
  });
  expect(outcomes.map(({ kind }) => kind)).toEqual([
    ...Array<string>(5).fill("committed"),
    "slow",
    ...Array<string>(2).fill("committed"),
  ]);
  expect(tries).toEqual([
    [8, 1],
    [4, 1],
    [4, 1],
    [2, 1],
    [1, 1],
    [1, 1],
    [1, 2],
    [2, 1],
  ]);
});

test("when all take too long, the search for the request at fault ends with the first", async () => {
  let tries = 0;
  const outcomes = await commitRequests(requestsOf(64), async () => {
    tries += 1;
    throw failure("COMMIT_TOO_SLOW");
  });
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["slow"]));
  expect([outcomes.length, tries]).toEqual([64, 14]);
});

test("requests that had been committed before are told apart", async () => {
  const requests = requestsOf(3);
  const outcomes = await commitRequests(requests, async () => ({
    stored: new Set([requests[0], requests[2]].flatMap((r) => r ?? [])),
  }));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["committed", "duplicate", "committed"]);
});

test.each`
  error                              | kind         | why
  ${failure("22P05")}                | ${"refused"} | ${"a character that cannot be stored"}
  ${failure("23514")}                | ${"refused"} | ${"a check constraint"}
  ${failure("54000")}                | ${"refused"} | ${"an index entry that is too large"}
  ${failure("P0001")}                | ${"refused"} | ${"raised by a trigger"}
  ${new RangeError("out of range")}  | ${"refused"} | ${"a value that cannot be written down"}
  ${failure("40P01")}                | ${"away"}    | ${"a deadlock passes"}
  ${failure("42P01")}                | ${"away"}    | ${"a missing table is not the sender's fault"}
  ${failure("53100")}                | ${"away"}    | ${"a full disk is emptied"}
  ${failure("57P01")}                | ${"away"}    | ${"a restart ends"}
  ${failure("ECONNREFUSED")}         | ${"away"}    | ${"nothing listens"}
  ${failure("CONNECTION_CLOSED")}    | ${"away"}    | ${"the connection broke"}
  ${failure("DATABASE_UNREACHABLE")} | ${"away"}    | ${"the store says so"}
`("$why: $kind, and tried once when away", async ({ error, kind }) => {
  let tries = 0;
  const outcomes = await commitRequests(requestsOf(4), async () => {
    tries += 1;
    throw error;
  });
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ kind, error })));
  if (kind === "away") expect(tries).toBe(1);
});
