import { expect, test } from "vitest";
import { chartWindow } from "./chart-window.ts";

const nowMs = Date.parse("2026-11-01T12:00:07Z");

test.each`
  text                                           | from          | to            | slots
  ${"1m"}                                        | ${"11:59:00"} | ${"12:00:00"} | ${6}
  ${"5m"}                                        | ${"11:55:00"} | ${"12:00:00"} | ${30}
  ${"15m"}                                       | ${"11:45:00"} | ${"12:00:00"} | ${45}
  ${"1h"}                                        | ${"11:00:00"} | ${"12:00:00"} | ${60}
  ${"6h"}                                        | ${"06:00:00"} | ${"12:00:00"} | ${72}
  ${"24h"}                                       | ${"12:00:00"} | ${"12:00:00"} | ${72}
  ${"7d"}                                        | ${"12:00:00"} | ${"12:00:00"} | ${56}
  ${"95s"}                                       | ${"11:58:20"} | ${"12:00:00"} | ${10}
  ${"2026-11-01T10:00:00Z/2026-11-01T10:15:00Z"} | ${"10:00:00"} | ${"10:15:00"} | ${45}
  ${"2026-11-01T10:00:03Z/2026-11-01T10:00:58Z"} | ${"10:00:00"} | ${"10:01:00"} | ${6}
  ${"2026-11-01T10:00:30Z/2026-11-01T11:00:30Z"} | ${"10:00:00"} | ${"11:01:00"} | ${61}
`("$text is drawn from $from to $to in $slots intervals", ({ text, from, to, slots }) => {
  const window = chartWindow(text, nowMs);
  expect([clock(window.fromMs), clock(window.toMs), window.slots]).toEqual([from, to, slots]);
  expect((window.toMs - window.fromMs) % (10_000 * slots)).toBe(0);
});

function clock(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}
