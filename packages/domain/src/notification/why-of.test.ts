import { expect, test } from "vitest";
import { whyOf } from "./why-of.ts";

test.each`
  reason                                       | why
  ${"taken back. policy shop/limit: acted on"} | ${"policy shop/limit: acted on"}
  ${"taken back by hand"}                      | ${"by hand"}
  ${"kept: as predicted over 60 s"}            | ${"as predicted over 60 s"}
  ${"kept by hand: nobody watches any more"}   | ${"by hand: nobody watches any more"}
  ${"paused by hand"}                          | ${"by hand"}
  ${"promoted by hand: now 100 %"}             | ${"by hand: now 100 %"}
  ${"paused"}                                  | ${"paused"}
  ${"as predicted, watched for 12 min more"}   | ${"as predicted, watched for 12 min more"}
`("beside the word for it, of $reason is left $why", ({ reason, why }) => {
  expect(whyOf(reason)).toBe(why);
});
