import { PlanWebhook } from "@weir/rollout";
import { expect, test } from "vitest";
import {
  changedItem,
  externalChecks,
  isTold,
  listOrNone,
  newQuery,
  newWebhook,
  numberOf,
  type QueryDraft,
  textOf,
  type WebhookDraft,
  webhookSecret,
  whenOf,
  whenWords,
} from "./external-checks.ts";

const query: QueryDraft = { name: "query", url: "http://prometheus:9090", query: "up", min: 1 };
const webhook: WebhookDraft = { name: "webhook", url: "http://gate", when: "step" };

test.each`
  queries      | webhooks     | why
  ${undefined} | ${undefined} | ${"there are none"}
  ${"up"}      | ${null}      | ${"they are half written"}
`("no list is read where $why", ({ queries, webhooks }) => {
  expect(externalChecks({ queries, webhooks })).toEqual({ queries: [], webhooks: [] });
});

test("an item without members yet keeps its place", () => {
  expect(externalChecks({ queries: [null as never, query] }).queries).toEqual([{}, query]);
});

test("new ones have a name that neither list has, and ask where the last one asks", () => {
  const checks = { queries: [query], webhooks: [webhook, { ...webhook, name: "query 2" }] };
  expect(newQuery(checks)).toEqual({ name: "query 3", url: "http://prometheus:9090", query: "" });
  expect(newWebhook(checks)).toEqual({ name: "webhook 2", url: "", when: "confirm" });
  expect(newQuery({ queries: [], webhooks: [] })).toMatchObject({ name: "query", url: "" });
});

test("what is emptied is left out", () => {
  expect(changedItem(query, { min: undefined, max: 2 })).toEqual({
    ...{ name: "query", url: "http://prometheus:9090", query: "up", max: 2 },
  });
  expect([listOrNone([]), listOrNone([query])]).toEqual([undefined, [query]]);
});

test("every moment that a plan knows has its words", () => {
  const { options } = PlanWebhook.shape.when;
  expect(Object.keys(whenWords)).toEqual(options);
  expect(options.map((when) => whenOf({ ...webhook, when }))).toEqual(options);
  expect(whenOf({ ...webhook, when: "ste" as never })).toBeUndefined();
});

test("what comes after the fact is told", () => {
  const asked = Object.keys(whenWords).filter((when) => !isTold(when as WebhookDraft["when"]));
  expect(asked).toEqual(["pre", "confirm", "step"]);
});

test.each`
  value        | text     | number
  ${"up"}      | ${"up"}  | ${undefined}
  ${0.5}       | ${"0.5"} | ${0.5}
  ${{}}        | ${""}    | ${undefined}
  ${undefined} | ${""}    | ${undefined}
`("a field of $value shows $text", ({ value, text, number }) => {
  expect([textOf(value), numberOf(value)]).toEqual([text, number]);
});

test("a secret that is made is one that plans take", () => {
  const secret = webhookSecret(crypto.getRandomValues(new Uint8Array(32)));
  expect(PlanWebhook.shape.secret.parse(secret)).toBe(secret);
});
