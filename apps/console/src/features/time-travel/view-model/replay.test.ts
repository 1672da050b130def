import { expect, test } from "vitest";
import { replayedOn, replayFrom, replayStepMs } from "./replay.ts";

const nowMs = Date.parse("2026-11-01T12:00:00Z");

test("a replay goes from the past to now in even steps, and ends in the window that moves", () => {
  let text: string | undefined = replayFrom("5m", nowMs - 1_200_000, nowMs);
  const seen: (string | undefined)[] = [];
  while (text !== undefined) {
    seen.push(text);
    text = replayedOn(text, nowMs);
  }
  expect(seen[0]).toBe("2026-11-01T11:40:00Z/2026-11-01T11:45:00Z");
  expect(seen[1]).toBe("2026-11-01T11:40:50Z/2026-11-01T11:45:50Z");
  expect(seen.at(-1)).toBe("5m");
  expect(seen).toHaveLength(19);
});

test("one that stands in the past begins where it stands", () => {
  const past = "2026-11-01T10:00:00Z/2026-11-01T10:15:00Z";
  expect(replayFrom(past, 0, nowMs)).toBe(past);
});

test.each`
  text     | stepMs
  ${"10s"} | ${10_000}
  ${"1m"}  | ${10_000}
  ${"5m"}  | ${50_000}
  ${"1h"}  | ${600_000}
`("a replay of $text goes on by $stepMs ms", ({ text, stepMs }) => {
  expect(replayStepMs(text)).toBe(stepMs);
});
