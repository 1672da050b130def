import { expect, test } from "vitest";
import { lastText, stepWindow, textOf, widenWindow } from "./step-window.ts";

const nowMs = Date.parse("2026-11-01T12:00:00Z");
const past = "2026-11-01T10:00:00Z/2026-11-01T10:15:00Z";

test.each`
  text                                           | step      | stepped
  ${"15m"}                                       | ${"back"} | ${"2026-11-01T11:30:00Z/2026-11-01T11:45:00Z"}
  ${"15m"}                                       | ${"on"}   | ${"15m"}
  ${past}                                        | ${"back"} | ${"2026-11-01T09:45:00Z/2026-11-01T10:00:00Z"}
  ${past}                                        | ${"on"}   | ${"2026-11-01T10:15:00Z/2026-11-01T10:30:00Z"}
  ${"2026-11-01T11:40:00Z/2026-11-01T11:55:00Z"} | ${"on"}   | ${"15m"}
`("$text, one $step, is $stepped", ({ text, step, stepped }) => {
  expect(stepWindow(text, nowMs, step)).toBe(stepped);
});

test("one step back from minutes that end now begins and ends at whole minutes", () => {
  expect(stepWindow("15m", nowMs + 42_195, "back")).toBe("2026-11-01T11:30:00Z/2026-11-01T11:45:00Z");
  expect(stepWindow("1m", nowMs + 42_000, "back")).toBe("2026-11-01T11:58:42Z/2026-11-01T11:59:42Z");
});

test.each`
  text                                           | wider
  ${"15m"}                                       | ${"30m"}
  ${"12h"}                                       | ${"24h"}
  ${"92d"}                                       | ${"92d"}
  ${"2026-11-01T10:00:00Z/2026-11-01T10:20:00Z"} | ${"2026-11-01T09:50:00Z/2026-11-01T10:30:00Z"}
  ${"2026-11-01T11:30:00Z/2026-11-01T11:50:00Z"} | ${"40m"}
`("$text twice as long is $wider", ({ text, wider }) => {
  expect(widenWindow(text, nowMs)).toBe(wider);
});

test.each`
  ms                | text
  ${90_000}         | ${"90s"}
  ${120_000}        | ${"2m"}
  ${86_400_000}     | ${"24h"}
  ${2 * 86_400_000} | ${"2d"}
`("$ms ms that end now are $text", ({ ms, text }) => {
  expect(lastText(ms)).toBe(text);
  expect(textOf({ fromMs: nowMs - ms, toMs: nowMs }, nowMs)).toBe(text);
});
