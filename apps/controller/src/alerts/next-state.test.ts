import type { AlertState } from "@weir/store";
import { expect, test } from "vitest";
import { nextState } from "./next-state.ts";

const badness = { degraded: 1, failing: 2 };

/** Turns over time, as `second: from → to`; a letter is a look, ten seconds apart: ok, degraded, failing. */
function turns(looks: string): string[] {
  let before: AlertState | undefined;
  const found: string[] = [];
  [...looks].forEach((look, at) => {
    const seems = { o: "ok", d: "degraded", f: "failing" }[look] ?? "";
    const lastsMs = { ok: 40_000, degraded: 20_000, failing: 10_000 }[seems] ?? 0;
    const next = nextState(before, { subject: "s", seems, calm: "ok", badness, lastsMs }, at * 10_000, 0);
    if (next.turnedFrom !== undefined) found.push(`${at * 10}: ${next.turnedFrom} → ${seems}`);
    before = next.state;
  });
  return found;
}

test.each`
  looks              | turned                                                                  | why
  ${"oooo"}          | ${[]}                                                                   | ${"nothing happens"}
  ${"oddo"}          | ${[]}                                                                   | ${"it did not last"}
  ${"oddd"}          | ${["30: ok → degraded"]}                                                | ${"it lasted"}
  ${"oddoddodd"}     | ${[]}                                                                   | ${"what comes and goes never lasts"}
  ${"odff"}          | ${["20: ok → failing"]}                                                 | ${"both are worse, and failing needs less"}
  ${"dddfff"}        | ${["20: ok → degraded", "40: degraded → failing"]}                      | ${"it becomes worse"}
  ${"dddooodooooo"}  | ${["20: ok → degraded", "110: degraded → ok"]}                          | ${"well again only after a time without a break"}
  ${"ffodododooooo"} | ${["10: ok → failing", "50: failing → degraded", "120: degraded → ok"]} | ${"what is better counts from its first sight, however good"}
`("$looks: $why", ({ looks, turned }) => expect(turns(looks)).toEqual(turned));

test("nothing is kept of what is well", () => {
  const ok = { subject: "s", seems: "ok", calm: "ok", badness, lastsMs: 0 };
  expect(nextState(undefined, ok, 0, 0).state).toBeUndefined();
});

test.each`
  nowMs      | watchedSinceMs | turnsMs    | why
  ${105_000} | ${0}           | ${110_000} | ${"it has been watched all along"}
  ${200_000} | ${200_000}     | ${210_000} | ${"nobody had looked for a while"}
  ${50_000}  | ${50_000}      | ${60_000}  | ${"the clock was put back"}
`("what seemed bad from 100 s turns at $turnsMs: $why", ({ nowMs, watchedSinceMs, turnsMs }) => {
  const bad = { subject: "s", seems: "failing", calm: "ok", badness, lastsMs: 10_000 };
  const first = nextState(undefined, bad, 100_000, 0);
  const second = nextState(first.state, bad, nowMs, watchedSinceMs);
  expect(second.turnedFrom).toBeUndefined();
  expect(nextState(second.state, bad, turnsMs - 1, watchedSinceMs).turnedFrom).toBeUndefined();
  expect(nextState(second.state, bad, turnsMs, watchedSinceMs).turnedFrom).toBe("ok");
});
