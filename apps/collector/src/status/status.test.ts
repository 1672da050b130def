import { defaultRetention } from "@weir/store";
import { expect, test } from "vitest";
import { alertsOf, type CollectorState } from "./alerts-of.ts";
import { RecentCount } from "./recent-count.ts";

const nowMs = 1_700_000_000_000;
const well: CollectorState = {
  ...{ nowMs, databaseAway: undefined, inFlight: 3, lastCommitAgeMs: 100, lastFoldAgeMs: 400, turnedAway: 0 },
  ...{ dropped: new Map(), partitionHeadRoomHours: 3, retentionHours: defaultRetention },
  spool: { requests: 0, bytes: 0, maxBytes: 1000, oldestMs: undefined },
  tailSpool: undefined,
  memory: { usedBytes: 200 * 2 ** 20, limitBytes: 512 * 2 ** 20 },
};
const spool = { requests: 9, bytes: 100, maxBytes: 1000, oldestMs: nowMs - 1000 };

test.each`
  state                                                                       | expected
  ${{}}                                                                       | ${[]}
  ${{ databaseAway: "refused" }}                                              | ${["warning database_away"]}
  ${{ databaseAway: "refused", spool: undefined }}                            | ${["critical database_away"]}
  ${{ databaseAway: "refused", inFlight: 9, lastCommitAgeMs: 90_000 }}        | ${["warning database_away"]}
  ${{ spool }}                                                                | ${[]}
  ${{ tailSpool: { ...spool, bytes: 600 } }}                                  | ${["warning tail_spool_filling"]}
  ${{ spool: { ...spool, bytes: 500 } }}                                      | ${["warning spool_filling"]}
  ${{ spool: { ...spool, bytes: 950 } }}                                      | ${["critical spool_filling"]}
  ${{ spool: { ...spool, oldestMs: nowMs - 400_000 } }}                       | ${["warning spool_not_draining"]}
  ${{ spool: { ...spool, oldestMs: nowMs - 400_000 }, databaseAway: "gone" }} | ${["warning database_away"]}
  ${{ lastCommitAgeMs: 40_000 }}                                              | ${["warning commits_late"]}
  ${{ lastCommitAgeMs: 40_000, inFlight: 0 }}                                 | ${[]}
  ${{ lastFoldAgeMs: 70_000 }}                                                | ${["warning rollups_late"]}
  ${{ lastFoldAgeMs: 70_000, databaseAway: "gone" }}                          | ${["warning database_away"]}
  ${{ turnedAway: 5 }}                                                        | ${["critical turning_away"]}
  ${{ dropped: new Map([["queue_full", 2], ["x", 0]]) }} | ${["critical dropping"]}
  ${{ partitionHeadRoomHours: 0.4 }}                                          | ${["warning partitions_short"]}
  ${{ partitionHeadRoomHours: -2 }}                                           | ${["critical partitions_short"]}
  ${{ partitionHeadRoomHours: undefined }}                                    | ${[]}
  ${{ memory: { usedBytes: 500, limitBytes: 512 } }}                          | ${["warning memory_high"]}
  ${{ memory: { usedBytes: 500, limitBytes: 512 }, turnedAway: 1 }}           | ${["critical turning_away", "warning memory_high"]}
`("$state alerts $expected", ({ state, expected }) => {
  const alerts = alertsOf({ ...well, ...state });
  expect(alerts.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  for (const { message } of alerts) expect(message).toMatch(/^[A-Z0-9].*\.$/);
});

test("a recent count forgets what is older than five minutes", () => {
  let at = 1_000_000;
  const count = new RecentCount(() => at);
  count.add(3);
  at += 200_000;
  count.add(4);
  expect(count.total).toBe(7);
  at += 150_000;
  expect(count.total).toBe(4);
  at += 10_000_000;
  expect(count.total).toBe(0);
});
