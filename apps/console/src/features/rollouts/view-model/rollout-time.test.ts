import { expect, test } from "vitest";
import type { ShownChange } from "../../../server/changes/shown-change.ts";
import { ownChanges, rolloutTime } from "./rollout-time.ts";

const noon = Date.UTC(2026, 10, 1, 12);

test.each`
  createdAtMs     | endedAtMs           | window                                         | why
  ${noon}         | ${undefined}        | ${undefined}                                   | ${"it goes on"}
  ${noon + 4_000} | ${noon + 1_203_700} | ${"2026-11-01T12:00:00Z/2026-11-01T12:20:10Z"} | ${"whole slots"}
  ${noon + 4_000} | ${noon + 4_900}     | ${"2026-11-01T12:00:00Z/2026-11-01T12:00:10Z"} | ${"the least that telemetry tells apart"}
  ${noon - 9e9}   | ${noon}             | ${"2026-08-01T12:00:10Z/2026-11-01T12:00:10Z"} | ${"the last of it that can be asked for"}
`("the time of a rollout is $window: $why", ({ createdAtMs, endedAtMs, window }) => {
  expect(rolloutTime({ createdAtMs, endedAtMs })).toBe(window);
});

test("of the changes in that time only its own are told", () => {
  const change = (id: string, kind: ShownChange["kind"], href: string): ShownChange => {
    return { ...{ id, kind, href, atMs: noon }, what: "", who: "" };
  };
  const changes = [
    change("own", "rollout", "/rollouts/7?event=1"),
    change("own without an event", "rollout", "/rollouts/7"),
    change("of another", "rollout", "/rollouts/71?event=1"),
    change("a policy", "policy", "/policies/shop/x"),
  ];
  const told = ownChanges({ fromMs: 0, toMs: 1, isCut: false, changes }, 7);
  expect(told.changes.map(({ id }) => id)).toEqual(["own", "own without an event"]);
});
