import fc from "fast-check";
import { expect, test } from "vitest";
import { hourNs } from "../time.ts";
import { hoursBefore, narrowed, nextHours, nextWidth, sliceBefore } from "./slice.ts";

const second = 1_000_000_000n;
const h = (hours: number) => BigInt(hours * 3600) * second;

test.each`
  to         | width      | from      | start      | why
  ${h(5.5)}  | ${h(0.25)} | ${h(0)}   | ${h(5.25)} | ${"within an hour it is as wide as wanted"}
  ${h(5.5)}  | ${h(0.75)} | ${h(0)}   | ${h(5)}    | ${"it ends where the hour begins"}
  ${h(5)}    | ${h(0.25)} | ${h(0)}   | ${h(4.75)} | ${"an hour's end belongs to that hour"}
  ${h(5.5)}  | ${h(2)}    | ${h(0)}   | ${h(3)}    | ${"wider than an hour it takes whole ones"}
  ${h(5.5)}  | ${h(2)}    | ${h(4.5)} | ${h(4.5)}  | ${"it ends where the search does"}
  ${h(-1.5)} | ${h(1)}    | ${h(-9)}  | ${h(-2)}   | ${"hours before 1970 begin at their lower end, too"}
`("a slice: $why", ({ to, width, from, start }) => {
  expect(sliceBefore(to, width, from)).toEqual({ fromNs: start, toNs: to });
});

test("slices one behind the other cover all, each time ends lower, and none but of whole hours crosses one", () => {
  const times = fc.bigInt(-20n * hourNs, 20n * hourNs);
  fc.assert(
    fc.property(times, times, fc.bigInt(hourNs / 20n, 8n * hourNs), (a, b, width) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      for (let at = to; at > from; ) {
        const slice = sliceBefore(at, width, from);
        expect(slice.toNs).toBe(at);
        expect(slice.fromNs < at && slice.fromNs >= from).toBe(true);
        const hours = (slice.toNs - 1n - slice.fromNs) / hourNs;
        if (hours > 0n && slice.fromNs !== from) expect(slice.fromNs % hourNs).toBe(0n);
        at = slice.fromNs;
      }
    }),
  );
});

test("hours to look up go on to the end of the last, and not below the one in which the search ends", () => {
  expect(hoursBefore(h(5.5), 1n, h(0))).toEqual({ fromNs: h(5), toNs: h(6) });
  expect(hoursBefore(h(5), 2n, h(0))).toEqual({ fromNs: h(3), toNs: h(5) });
  expect(hoursBefore(h(5), 4n, h(2.5))).toEqual({ fromNs: h(2), toNs: h(5) });
});

test.each`
  width         | tookMs  | next
  ${h(0.25)}    | ${15}   | ${h(0.25)}
  ${h(0.25)}    | ${5}    | ${h(0.75)}
  ${h(0.25)}    | ${0.01} | ${h(2)}
  ${h(0.25)}    | ${30}   | ${h(0.125)}
  ${h(1)}       | ${900}  | ${h(0.25)}
  ${h(6)}       | ${1}    | ${h(8)}
  ${1_000_000n} | ${900}  | ${1_000_000n}
`("after $tookMs ms a slice of $width is followed by one of $next", ({ width, tookMs, next }) => {
  expect(nextWidth(width, tookMs)).toBe(next);
});

test("what had to be given up is an eighth the next time, but never nothing", () => {
  expect(narrowed(h(8))).toBe(h(1));
  expect(narrowed(1_000_000n)).toBe(1_000_000n);
});

test.each`
  hours | tookMs | next
  ${1n} | ${5}   | ${2n}
  ${8n} | ${5}   | ${8n}
  ${4n} | ${40}  | ${4n}
  ${4n} | ${90}  | ${2n}
  ${1n} | ${90}  | ${1n}
`("after $tookMs ms for $hours hours, $next", ({ hours, tookMs, next }) => {
  expect(nextHours(hours, tookMs)).toBe(next);
});
