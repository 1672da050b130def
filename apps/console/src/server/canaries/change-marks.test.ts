import type { AuditEntry } from "@weir/store";
import { expect, test } from "vitest";
import { changeMarks } from "./change-marks.ts";

const weights = {
  backends: [
    { version: "v1", weight: 70 },
    { version: "v2", weight: 30 },
  ],
};

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  at: new Date(500),
  configRevision: 1,
  author: "ada",
  reason: undefined,
  action: "policy.put",
  subject: "policy/shop/payments-canary",
  before: null,
  after: weights,
  ...over,
});
const of = { namespace: "shop", service: "payments", policy: "payments-canary" };
const texts = (...entries: AuditEntry[]) =>
  changeMarks(entries, of, { fromMs: 100, toMs: 1_000 }).map((mark) => mark.text);

test("marks stand in the order of time", () => {
  expect(texts(entry({ at: new Date(800), action: "policy.delete", after: undefined }), entry({}))).toEqual([
    "v1 70 / v2 30",
    "canary removed",
  ]);
});

test.each`
  action                     | subject                          | after        | text
  ${"policy.create"}         | ${"policy/shop/payments-canary"} | ${weights}   | ${"v1 70 / v2 30"}
  ${"policy.put"}            | ${"policy/shop/payments-canary"} | ${weights}   | ${"v1 70 / v2 30"}
  ${"mesh.mode"}             | ${"mesh"}                        | ${"enforce"} | ${"mesh to enforce"}
  ${"mesh.hold"}             | ${"mesh"}                        | ${true}      | ${"mesh put on hold"}
  ${"mesh.hold"}             | ${"mesh"}                        | ${false}     | ${"hold of the mesh lifted"}
  ${"namespace.mode"}        | ${"namespace/shop"}              | ${undefined} | ${"namespace shop to the mesh's mode"}
  ${"service.mode"}          | ${"service/shop/payments"}       | ${"enforce"} | ${"payments to enforce"}
  ${"service.stableVersion"} | ${"service/shop/payments"}       | ${"v2"}      | ${"payments: stable version v2"}
`("$action of $subject reads '$text'", ({ action, subject, after, text }) => {
  expect(texts(entry({ action, subject, after }))).toEqual([text]);
});

test.each`
  over                                                                  | why
  ${{ at: new Date(50) }}                                               | ${"before the window"}
  ${{ at: new Date(1_000) }}                                            | ${"after the window"}
  ${{ subject: "policy/shop/cart-canary" }}                             | ${"another canary"}
  ${{ action: "service.discovered", subject: "service/shop/payments" }} | ${"the discovery of a service moves no traffic"}
  ${{ subject: "service/infra/payments" }}                              | ${"another namespace's service of the same name"}
`("$why is left out", ({ over }) => {
  expect(texts(entry(over))).toEqual([]);
});
