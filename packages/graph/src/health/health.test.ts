import { expect, test } from "vitest";
import { healthOf, judge } from "./health.ts";

test.each`
  requests | errors | grpc         | client       | health        | outcome           | tooFew
  ${0}     | ${0}   | ${0}         | ${0}         | ${"no-data"}  | ${undefined}      | ${undefined}
  ${10}    | ${0}   | ${undefined} | ${undefined} | ${"ok"}       | ${undefined}      | ${undefined}
  ${1000}  | ${1}   | ${0}         | ${0}         | ${"degraded"} | ${"errors"}       | ${false}
  ${1000}  | ${99}  | ${0}         | ${0}         | ${"degraded"} | ${"errors"}       | ${false}
  ${10}    | ${1}   | ${0}         | ${0}         | ${"failing"}  | ${"errors"}       | ${false}
  ${1000}  | ${0}   | ${1}         | ${0}         | ${"degraded"} | ${"grpcErrors"}   | ${false}
  ${1000}  | ${0}   | ${100}       | ${0}         | ${"failing"}  | ${"grpcErrors"}   | ${false}
  ${1000}  | ${0}   | ${0}         | ${99}        | ${"ok"}       | ${undefined}      | ${undefined}
  ${1000}  | ${0}   | ${0}         | ${100}       | ${"degraded"} | ${"clientErrors"} | ${false}
  ${1000}  | ${0}   | ${0}         | ${200}       | ${"failing"}  | ${"clientErrors"} | ${false}
  ${1000}  | ${1}   | ${0}         | ${500}       | ${"failing"}  | ${"clientErrors"} | ${false}
  ${1000}  | ${100} | ${0}         | ${500}       | ${"failing"}  | ${"errors"}       | ${false}
  ${1}     | ${1}   | ${0}         | ${0}         | ${"degraded"} | ${"errors"}       | ${true}
  ${4}     | ${0}   | ${0}         | ${4}         | ${"degraded"} | ${"clientErrors"} | ${true}
  ${4}     | ${0}   | ${0}         | ${1}         | ${"degraded"} | ${"clientErrors"} | ${true}
  ${5}     | ${1}   | ${0}         | ${0}         | ${"failing"}  | ${"errors"}       | ${false}
`("of $requests requests $errors failed, $grpc in gRPC, $client were 4xx: $health", (row) => {
  const outcomes = {
    requests: row.requests,
    errors: row.errors,
    grpcErrors: row.grpc,
    clientErrors: row.client,
  };
  const { health, cause } = judge(outcomes);
  expect([health, cause?.outcome, cause?.tooFew]).toEqual([row.health, row.outcome, row.tooFew]);
  expect(healthOf(outcomes)).toBe(row.health);
});

test("the cause tells how many, and from where on", () => {
  expect(judge({ requests: 50, errors: 1, clientErrors: 15 }).cause).toEqual({
    ...{ outcome: "clientErrors", degradedFrom: 0.1, failingFrom: 0.2, count: 15, share: 0.3, tooFew: false },
  });
});
