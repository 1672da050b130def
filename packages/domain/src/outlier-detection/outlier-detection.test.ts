import fc from "fast-check";
import { expect, test } from "vitest";
import { hostHealthCells, isEjected, outlierStatus, recordResult } from "./host-health.ts";
import { ejectHost, outlierChanges, outlierGroupCells, sweep, sweepIfDue } from "./outlier-detection.ts";
import { outlierDetectionSettings } from "./outlier-detection-settings.ts";
import { OutlierDetectionSpec } from "./outlier-detection-spec.ts";

const defaults = outlierDetectionSettings({});
const newHost = (): Int32Array => new Int32Array(hostHealthCells);
const newHosts = (count: number): Int32Array[] => Array.from({ length: count }, newHost);
const newGroup = (): Int32Array => new Int32Array(outlierGroupCells);

test("the defaults are Envoy's", () => {
  expect(
    outlierDetectionSettings(OutlierDetectionSpec.parse({ successRate: {}, failurePercentage: {} })),
  ).toEqual({
    intervalMs: 10_000,
    consecutive5xx: 5,
    consecutiveGatewayFailure: 0,
    successRate: { minimumHosts: 5, requestVolume: 100, stdevFactor: 1.9 },
    failurePercentage: { threshold: 85, minimumHosts: 5, requestVolume: 50 },
    baseEjectionMs: 30_000,
    maxEjectionMs: 300_000,
    maxEjectionPercent: 10,
    panicThresholdPercent: 50,
  });
  expect(outlierDetectionSettings({ baseEjectionMs: 400_000 }).maxEjectionMs).toBe(400_000);
});

test.each`
  statuses                          | gateway | due                            | why
  ${[500, 500, 500, 500, 500]}      | ${0}    | ${"consecutive5xx"}            | ${"five in a row"}
  ${[500, 500, 500, 500]}           | ${0}    | ${undefined}                   | ${"four in a row"}
  ${[500, 500, 200, 500, 500, 500]} | ${0}    | ${undefined}                   | ${"a success begins anew"}
  ${[500, 503, 501, 504, 599]}      | ${0}    | ${"consecutive5xx"}            | ${"any 5xx counts"}
  ${[404, 404, 404, 404, 404, 429]} | ${0}    | ${undefined}                   | ${"4xx is no failure of the host"}
  ${[503, 502, 504]}                | ${3}    | ${"consecutiveGatewayFailure"} | ${"three gateway failures"}
  ${[503, 500, 504, 503]}           | ${3}    | ${undefined}                   | ${"500 is no gateway failure"}
  ${[500, 500, 500, 500, 500]}      | ${3}    | ${"consecutive5xx"}            | ${"both are watched"}
  ${[500, 500, 500, 500, 500, 500]} | ${0}    | ${"consecutive5xx"}            | ${"it stays due until somebody decided"}
`("$statuses make a host due for $due: $why", ({ statuses, gateway, due }) => {
  const host = newHost();
  const settings = { ...defaults, consecutiveGatewayFailure: gateway };
  const results = statuses.map((status: number) => recordResult(host, status, settings));
  expect(results.at(-1)).toBe(due);
});

test("consecutive 5xx can be turned off", () => {
  const host = newHost();
  const settings = outlierDetectionSettings({ consecutive5xx: 0 });
  for (let i = 0; i < 100; i++) expect(recordResult(host, 503, settings)).toBeUndefined();
});

test.each`
  answer                                      | counts
  ${{ status: 200 }}                          | ${200}
  ${{ status: 0, failure: "connectFailure" }} | ${503}
  ${{ status: 0, failure: "reset" }}          | ${503}
  ${{ status: 200, failure: "reset" }}        | ${503}
  ${{ status: 0, failure: "refusedStream" }}  | ${503}
  ${{ status: 0, failure: "timeout" }}        | ${504}
  ${{ status: 0, failure: "overflow" }}       | ${undefined}
  ${{ status: 200, grpcStatus: 0 }}           | ${200}
  ${{ status: 200, grpcStatus: 5 }}           | ${404}
  ${{ status: 200, grpcStatus: 4 }}           | ${504}
  ${{ status: 200, grpcStatus: 13 }}          | ${500}
  ${{ status: 200, grpcStatus: 14 }}          | ${503}
  ${{ status: 200, grpcStatus: 99 }}          | ${500}
`("$answer counts as $counts", ({ answer, counts }) => {
  expect(outlierStatus(answer)).toBe(counts);
});

test.each`
  hosts | percent | most | why
  ${10} | ${10}   | ${1} | ${"a tenth of ten"}
  ${20} | ${10}   | ${2} | ${"a tenth of twenty"}
  ${19} | ${10}   | ${1} | ${"never above the percentage"}
  ${3}  | ${10}   | ${1} | ${"one may always be ejected"}
  ${1}  | ${10}   | ${1} | ${"even the only one"}
  ${4}  | ${100}  | ${4} | ${"all may go"}
  ${4}  | ${0}    | ${0} | ${"0 is off"}
`("of $hosts hosts at $percent % at most $most are ejected: $why", ({ hosts, percent, most }) => {
  const settings = { ...defaults, maxEjectionPercent: percent };
  const all = newHosts(hosts);
  const group = newGroup();
  const ejected = all.filter((host) => ejectHost(group, all, host, settings, 1_000));
  expect(ejected).toHaveLength(most);
  expect(all.filter(isEjected)).toEqual(ejected);
});

test("an ejection lasts the base times the times ejected, capped, and the times fade while it is healthy", () => {
  const [host] = newHosts(1) as [Int32Array];
  const group = newGroup();
  const settings = outlierDetectionSettings({ maxEjectionMs: 100_000 });
  let nowMs = 5_000;
  const outFor = (): number => {
    ejectHost(group, [host], host, settings, nowMs);
    const since = nowMs;
    while (isEjected(host)) {
      nowMs += 10_000;
      sweep([host], settings, nowMs);
    }
    return nowMs - since;
  };
  expect([outFor(), outFor(), outFor(), outFor(), outFor()]).toEqual([
    30_000, 60_000, 90_000, 100_000, 100_000,
  ]);
  for (let i = 0; i < 4; i++) sweep([host], settings, nowMs);
  expect(outFor()).toBe(60_000);
});

test("what fails while it is ejected is not held against a host that returns", () => {
  const [host] = newHosts(1) as [Int32Array];
  ejectHost(newGroup(), [host], host, defaults, 0);
  for (let i = 0; i < 20; i++) expect(recordResult(host, 500, defaults)).toBeUndefined();
  sweep([host], defaults, 40_000);
  expect(recordResult(host, 500, defaults)).toBeUndefined();
});

test("a clock set back does not keep a host out for longer than an ejection", () => {
  const [host] = newHosts(1) as [Int32Array];
  ejectHost(newGroup(), [host], host, defaults, 86_400_000);
  sweep([host], defaults, 0);
  sweep([host], defaults, 30_000);
  expect(isEjected(host)).toBe(false);
});

test.each`
  failures                 | of     | settings                                      | out    | why
  ${[0, 0, 0, 0, 50]}      | ${100} | ${{ successRate: {} }}                        | ${[4]} | ${"below mean - 1.9 sigma"}
  ${[0, 0, 0, 0, 50]}      | ${99}  | ${{ successRate: {} }}                        | ${[]}  | ${"too few requests"}
  ${[0, 0, 0, 50]}         | ${100} | ${{ successRate: {} }}                        | ${[]}  | ${"too few hosts"}
  ${[0, 0, 0, 50, 50]}     | ${100} | ${{ successRate: {} }}                        | ${[]}  | ${"two of five widen sigma"}
  ${[0, 0, 0, 50, 50]}     | ${100} | ${{ successRate: { stdevFactor: 1 } }}        | ${[3]} | ${"the percentage allows one"}
  ${[7, 7, 7, 7, 7, 7, 7]} | ${103} | ${{ successRate: {} }}                        | ${[]}  | ${"all alike, none stands out"}
  ${[0, 0, 0, 0, 50]}      | ${100} | ${{}}                                         | ${[]}  | ${"not asked for"}
  ${[0, 0, 0, 0, 85]}      | ${100} | ${{ failurePercentage: {} }}                  | ${[4]} | ${"at 85 %"}
  ${[0, 0, 0, 0, 84]}      | ${100} | ${{ failurePercentage: {} }}                  | ${[]}  | ${"below 85 %"}
  ${[0, 0, 0, 85]}         | ${100} | ${{ failurePercentage: {} }}                  | ${[]}  | ${"too few hosts for a percentage"}
  ${[0, 0, 0, 0, 49]}      | ${49}  | ${{ failurePercentage: {} }}                  | ${[]}  | ${"too few requests for a percentage"}
  ${[0, 0, 0, 0, 99]}      | ${100} | ${{ successRate: {}, failurePercentage: {} }} | ${[4]} | ${"once, though both say so"}
`("$failures failures of $of with $settings eject $out: $why", ({ failures, of, settings, out }) => {
  const hosts = failures.map((failed: number) => {
    const host = newHost();
    for (let i = 0; i < of; i++) recordResult(host, i < failed ? 500 : 200, defaults);
    return host;
  });
  const all = outlierDetectionSettings(settings);
  expect(sweep(hosts, all, 0).ejected.map(({ host }) => host)).toEqual(out);
  expect(sweep(hosts, all, 0).ejected).toEqual([]);
});

test("of all threads one sweeps an interval, and the first interval begins with the first question", () => {
  const hosts = newHosts(1);
  const group = newGroup();
  const nowMs = 4_000_000_000_000;
  expect(sweepIfDue(group, hosts, defaults, nowMs)).toBeUndefined();
  expect(sweepIfDue(group, hosts, defaults, nowMs + 9_999)).toBeUndefined();
  expect(sweepIfDue(group, hosts, defaults, nowMs + 10_000)).toEqual({ ejected: [], returned: [] });
  expect(sweepIfDue(group, hosts, defaults, nowMs + 10_001)).toBeUndefined();
});

test("while another thread decides nobody else does, and a thread that died deciding is not waited for", () => {
  const hosts = newHosts(1);
  const [host] = hosts as [Int32Array];
  const group = newGroup();
  group[0] = 1_000;
  expect(ejectHost(group, hosts, host, defaults, 1_500)).toBe(false);
  expect(ejectHost(group, hosts, host, defaults, 12_000)).toBe(true);
  expect(group[0]).toBe(0);
});

test("a change of who is out is told by the group", () => {
  const hosts = newHosts(2);
  const [host] = hosts as [Int32Array];
  const group = newGroup();
  sweepIfDue(group, hosts, defaults, 0);
  const before = outlierChanges(group);
  ejectHost(group, hosts, host, defaults, 0);
  const out = outlierChanges(group);
  sweepIfDue(group, hosts, defaults, 20_000);
  expect([out === before, outlierChanges(group) === out]).toEqual([false, true]);
  sweepIfDue(group, hosts, defaults, 30_000);
  expect(outlierChanges(group)).not.toBe(out);
});

const step = fc.record({
  host: fc.nat({ max: 29 }),
  status: fc.constantFrom(200, 500, 503),
  count: fc.nat(120),
});

test("never more than the percentage is out, and every ejected host returns", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 30 }),
      (count, maxEjectionPercent, intervals) => {
        const hosts = newHosts(count);
        const group = newGroup();
        const settings = outlierDetectionSettings({
          maxEjectionPercent,
          successRate: { requestVolume: 20 },
          failurePercentage: { requestVolume: 20 },
        });
        const most = Math.max(1, Math.floor((count * maxEjectionPercent) / 100));
        let nowMs = 1_000;
        for (const steps of intervals) {
          for (const { host, status, count: times } of steps) {
            const cells = hosts[host % count] as Int32Array;
            for (let i = 0; i < times; i++)
              if (recordResult(cells, status, settings)) ejectHost(group, hosts, cells, settings, nowMs);
            expect(hosts.filter(isEjected).length).toBeLessThanOrEqual(most);
          }
          nowMs += settings.intervalMs;
          sweep(hosts, settings, nowMs);
          expect(hosts.filter(isEjected).length).toBeLessThanOrEqual(most);
        }
        sweep(hosts, settings, nowMs + settings.maxEjectionMs);
        expect(hosts.filter(isEjected)).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
