import { afterEach, expect, test, vi } from "vitest";
import { isUtc, zonedIso } from "./time-zone.ts";
import { formatInterval, formatMoment } from "./times.ts";

afterEach(() => void vi.unstubAllGlobals());
const browserThatHolds = (zone: string | null) =>
  vi.stubGlobal("window", { localStorage: { getItem: () => zone } });

test("times are UTC where that is chosen, and say so where a window stays", () => {
  browserThatHolds("utc");
  const [fromMs, toMs] = [Date.parse("2026-11-01T23:50:00Z"), Date.parse("2026-11-02T00:10:00Z")];
  expect(formatInterval({ fromMs, toMs })).toBe("Nov 1, 23:50 to Nov 2, 00:10 UTC");
  expect(formatMoment(fromMs, fromMs + 60_000)).toBe("23:50:00");
  expect(formatMoment(fromMs, toMs)).toBe("Nov 1, 23:50:00");
});

test("a server, a browser that chose nothing, and one that forbids its store take their own clock", () => {
  expect(isUtc()).toBe(false);
  browserThatHolds(null);
  expect(isUtc()).toBe(false);
  vi.stubGlobal("window", {
    get localStorage() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  expect(isUtc()).toBe(false);
});

test.each(["2026-01-15T03:04:05Z", "2026-07-15T23:59:59Z"])(
  "%s by the reader's own clock is what it says",
  (moment) => {
    const at = new Date(moment);
    expect(zonedIso(at.getTime())).toContain(`T${at.toTimeString().slice(0, 8)}`);
    expect(Number(zonedIso(at.getTime()).slice(8, 10))).toBe(at.getDate());
  },
);
