import { expect, test } from "vitest";
import { around, draggedWindow } from "./around.ts";

const nowMs = Date.parse("2026-11-01T12:00:00Z");

test.each`
  text                                           | strip
  ${"1m"}                                        | ${"1h"}
  ${"15m"}                                       | ${"1h"}
  ${"16m"}                                       | ${"6h"}
  ${"6h"}                                        | ${"24h"}
  ${"7d"}                                        | ${"30d"}
  ${"92d"}                                       | ${"92d"}
  ${"2026-11-01T11:10:00Z/2026-11-01T11:20:00Z"} | ${"1h"}
  ${"2026-11-01T08:00:00Z/2026-11-01T08:10:00Z"} | ${"2026-11-01T07:30:00Z/2026-11-01T08:30:00Z"}
  ${"2026-11-01T08:04:00Z/2026-11-01T08:14:00Z"} | ${"2026-11-01T07:30:00Z/2026-11-01T08:30:00Z"}
`("around $text there is $strip", ({ text, strip }) => {
  expect(around(text, nowMs)).toBe(strip);
});

const strip = { fromMs: 0, toMs: 3_600_000 };
const window = { fromMs: 600_000, toMs: 900_000 };

test.each`
  what                            | by                                        | fromMs       | toMs
  ${"moved"}                      | ${{ fromMs: 14_000, toMs: 14_000 }}       | ${610_000}   | ${910_000}
  ${"moved past the start"}       | ${{ fromMs: -900_000, toMs: -900_000 }}   | ${0}         | ${300_000}
  ${"moved past the end"}         | ${{ fromMs: 9_000_000, toMs: 9_000_000 }} | ${3_300_000} | ${3_600_000}
  ${"begun earlier"}              | ${{ fromMs: -100_000 }}                   | ${500_000}   | ${900_000}
  ${"begun after its own end"}    | ${{ fromMs: 400_000 }}                    | ${890_000}   | ${900_000}
  ${"ended later"}                | ${{ toMs: 100_000 }}                      | ${600_000}   | ${1_000_000}
  ${"ended before its own start"} | ${{ toMs: -400_000 }}                     | ${600_000}   | ${610_000}
`("a window $what is from $fromMs to $toMs", ({ by, fromMs, toMs }) => {
  expect(draggedWindow(window, by, strip)).toEqual({ fromMs, toMs });
});
