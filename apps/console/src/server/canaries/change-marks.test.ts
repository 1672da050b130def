import type { AuditEntry } from "@weir/store";
import { expect, test } from "vitest";
import { changeMarks } from "./change-marks.ts";

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  at: new Date(500),
  configRevision: 1,
  author: "ada",
  reason: undefined,
  action: "policy.put",
  subject: "policy/shop/payments-canary",
  before: null,
  after: {
    backends: [
      { version: "v1", weight: 70 },
      { version: "v2", weight: 30 },
    ],
  },
  ...over,
});
const of = { namespace: "shop", service: "payments", policy: "payments-canary" };
const texts = (...entries: AuditEntry[]) =>
  changeMarks(entries, of, { fromMs: 100, toMs: 1_000 }).map((mark) => mark.text);

test("changes of the canary, its service, its namespace and the mesh are marked, the oldest first", () => {
  expect(
    texts(
      entry({ at: new Date(800), action: "policy.delete", after: null }),
      entry({
        at: new Date(700),
        subject: "service/shop/payments",
        action: "service.mode",
        after: { mode: "enforce" },
      }),
      entry({ at: new Date(600), subject: "mesh", action: "mesh.hold", after: true }),
      entry({}),
    ),
  ).toEqual(["v1 70 / v2 30", "mesh: hold true", "payments: mode enforce", "canary removed"]);
});

test.each`
  over                                      | why
  ${{ at: new Date(50) }}                   | ${"before the window"}
  ${{ at: new Date(1_000) }}                | ${"after the window"}
  ${{ subject: "policy/shop/cart-canary" }} | ${"another canary"}
  ${{ subject: "service/infra/payments" }}  | ${"another namespace's service of the same name"}
`("$why is left out", ({ over }) => {
  expect(texts(entry(over))).toEqual([]);
});
