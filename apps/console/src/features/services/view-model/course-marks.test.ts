import { expect, test } from "vitest";
import type { ShownChange } from "../../../server/changes/shown-change.ts";
import { courseMarks } from "./course-marks.ts";

const change = (atMs: number, given: Partial<ShownChange>): ShownChange => ({
  ...{ id: `${atMs}`, atMs, kind: "mode", what: `w${atMs}`, who: "ada", href: "/mesh" },
  ...given,
});
const payments = { namespace: "shop", name: "payments" };
const axis = { fromMs: 0, toMs: 1_000 };
const changes = [
  change(100, { service: payments }),
  change(300, { namespace: "shop" }),
  change(500, {}),
  change(700, { kind: "target" }),
  change(900, { service: { namespace: "shop", name: "cart" } }),
];

test.each`
  service                                        | shares
  ${payments}                                    | ${[0.1, 0.3, 0.5]}
  ${{ namespace: "shop", name: "cart" }}         | ${[0.3, 0.5, 0.9]}
  ${{ namespace: "bank", name: "payments" }}     | ${[0.5]}
  ${{ namespace: "", name: "outside the mesh" }} | ${[0.5]}
`("$service.namespace/$service.name has what concerns it at $shares", ({ service, shares }) => {
  const marks = courseMarks(changes, axis, 96)(service);
  expect(marks.map(({ share }) => share)).toEqual(shares);
  for (const { words } of marks) expect(words).not.toContain("changes");
});

test("a mark says what was changed and by whom, and those at the same place are one", () => {
  const close = [change(500, { service: payments }), change(530, { service: payments })];
  expect(courseMarks(close, axis, 96)(payments)).toEqual([
    { share: 0.5, words: expect.stringMatching(/^2 changes, .*: w500, by ada; w530, by ada$/) },
  ]);
});
