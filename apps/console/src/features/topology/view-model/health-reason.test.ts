import { judge } from "@weir/graph";
import { expect, test } from "vitest";
import { briefCause, reasonOf } from "./health-reason.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test.each`
  outcomes                                          | reason                                                                           | brief
  ${{ requests: 0, errors: 0 }}                     | ${"no request in this window"}                                                   | ${undefined}
  ${{ requests: 1, errors: 0 }}                     | ${"no errors in 1 request"}                                                      | ${undefined}
  ${{ requests: 100, errors: 0, clientErrors: 5 }}  | ${"no errors; 5 % of 100 requests ended in 4xx"}                                 | ${undefined}
  ${{ requests: 240, errors: 29 }}                  | ${"12 % of 240 requests failed (5xx or no answer); failing from 10 %"}           | ${"12 % err"}
  ${{ requests: 240, errors: 0, grpcErrors: 12 }}   | ${"5 % of 240 requests ended with a gRPC error; failing from 10 %"}              | ${"5 % gRPC"}
  ${{ requests: 100, errors: 0, clientErrors: 15 }} | ${"15 % of 100 requests ended in 4xx; degraded from 10 %, failing from 20 %"}    | ${"15 % 4xx"}
  ${{ requests: 2, errors: 2 }}                     | ${"100 % of 2 requests failed (5xx or no answer); too few requests to say more"} | ${"100 % err"}
`("$reason", ({ outcomes, reason, brief }) => {
  expect(plain(reasonOf(outcomes))).toBe(reason);
  const { cause } = judge(outcomes);
  expect(cause && plain(briefCause(cause))).toBe(brief);
});
