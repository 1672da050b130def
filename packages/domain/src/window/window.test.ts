import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isMoving,
  maxWindowMs,
  readWindow,
  textOfWindow,
  widthOf,
  windowChoices,
  windowOf,
} from "./window.ts";
import { WindowText } from "./window-text.ts";

const nowMs = Date.parse("2026-11-01T12:00:00Z");

test.each`
  text                                           | from                          | to                            | moving
  ${"10s"}                                       | ${"2026-11-01T11:59:50.000Z"} | ${"2026-11-01T12:00:00.000Z"} | ${true}
  ${"1m"}                                        | ${"2026-11-01T11:59:00.000Z"} | ${"2026-11-01T12:00:00.000Z"} | ${true}
  ${"90m"}                                       | ${"2026-11-01T10:30:00.000Z"} | ${"2026-11-01T12:00:00.000Z"} | ${true}
  ${"24h"}                                       | ${"2026-10-31T12:00:00.000Z"} | ${"2026-11-01T12:00:00.000Z"} | ${true}
  ${"7d"}                                        | ${"2026-10-25T12:00:00.000Z"} | ${"2026-11-01T12:00:00.000Z"} | ${true}
  ${"2026-11-01T10:00:00Z/2026-11-01T10:15:00Z"} | ${"2026-11-01T10:00:00.000Z"} | ${"2026-11-01T10:15:00.000Z"} | ${false}
  ${"2026-11-01T10:00Z/2026-11-01T10:15:00.5Z"}  | ${"2026-11-01T10:00:00.000Z"} | ${"2026-11-01T10:15:00.500Z"} | ${false}
`("$text is from $from to $to", ({ text, from, to, moving }) => {
  const window = windowOf(text, nowMs);
  expect([window.fromMs, window.toMs].map((ms) => new Date(ms).toISOString())).toEqual([from, to]);
  expect(widthOf(text)).toBe(window.toMs - window.fromMs);
  expect(isMoving(text)).toBe(moving);
  expect(WindowText.parse(text)).toBe(text);
});

test.each`
  text                                             | why
  ${""}                                            | ${"empty"}
  ${"5"}                                           | ${"no unit"}
  ${"5w"}                                          | ${"an unknown unit"}
  ${"-5m"}                                         | ${"into the future"}
  ${"9s"}                                          | ${"shorter than what is told apart"}
  ${"93d"}                                         | ${"longer than anything is kept"}
  ${"99999999999999m"}                             | ${"a number without end"}
  ${"2026-11-01T10:15:00Z/2026-11-01T10:00:00Z"}   | ${"back to front"}
  ${"2026-11-01T10:00:00Z/2026-11-01T10:00:00Z"}   | ${"nothing"}
  ${"2026-11-01T10:00:00/2026-11-01T10:15:00"}     | ${"no zone"}
  ${"2026-13-01T10:00:00Z/2026-13-01T10:15:00Z"}   | ${"no such month"}
  ${"2026-11-01T10:00:00Z/"}                       | ${"no end"}
  ${"2026-11-01T10:00:00Z/PT15M"}                  | ${"a duration"}
  ${"2026-11-01T10:00:00Z/2026-11-01T10:15:00Z/x"} | ${"more than two times"}
`("'$text' is no window: $why", ({ text }) => {
  expect(readWindow(text)).toBeUndefined();
  expect(() => windowOf(text, nowMs)).toThrow(RangeError);
  expect(WindowText.safeParse(text).error?.issues[0]?.message).toMatch(/must be a length that ends now/);
});

test("every choice on offer is a window that moves", () => {
  expect(windowChoices.filter(isMoving)).toEqual(windowChoices);
});

test("the text of a window names it again, to whole seconds", () => {
  const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
  const widths = fc.integer({ min: 10, max: maxWindowMs / 1_000 });
  fc.assert(
    fc.property(seconds, widths, (from, width) => {
      const window = { fromMs: from * 1_000, toMs: (from + width) * 1_000 };
      expect(windowOf(textOfWindow(window), nowMs)).toEqual(window);
    }),
  );
});
