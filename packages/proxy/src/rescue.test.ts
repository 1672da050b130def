import { expect, test } from "vitest";
import { ParseFailure, parseReasons } from "./http1/parse-failure.ts";
import { UpstreamFailure } from "./http1/upstream-failure.ts";
import { RequestFailure } from "./request-failure.ts";
import { rescue, writeAnswer } from "./rescue.ts";

test.each`
  error                                                  | status | flag
  ${new UpstreamFailure("CONNECT_FAILED", "x", true)}    | ${503} | ${"UF"}
  ${new UpstreamFailure("CONNECT_TIMEOUT", "x", true)}   | ${503} | ${"UF"}
  ${new UpstreamFailure("UPSTREAM_CLOSED", "x", true)}   | ${503} | ${"UC"}
  ${new UpstreamFailure("UPSTREAM_PROTOCOL", "x", true)} | ${502} | ${"UPE"}
  ${new UpstreamFailure("UPSTREAM_TIMEOUT", "x", true)}  | ${504} | ${"UT"}
  ${new RequestFailure("NO_ROUTE", "x")}                 | ${404} | ${"NR"}
  ${new RequestFailure("NO_HEALTHY_UPSTREAM", "x")}      | ${503} | ${"UH"}
  ${new RequestFailure("CLIENT_GONE", "x")}              | ${0}   | ${"DC"}
  ${new RequestFailure("DENIED", "x")}                   | ${403} | ${"RBAC"}
  ${new RequestFailure("LIMITED", "x")}                  | ${429} | ${"RL"}
  ${new RequestFailure("OVERFLOW", "x")}                 | ${503} | ${"UO"}
  ${new RequestFailure("DEADLINE_EXCEEDED", "x")}        | ${504} | ${"UT"}
  ${new RequestFailure("TRY_TIMEOUT", "x")}              | ${504} | ${"UT"}
  ${new ParseFailure("unknown-version", "x")}            | ${505} | ${"DPE"}
  ${new ParseFailure("head-timeout", "x")}               | ${408} | ${"DPE"}
  ${new ParseFailure("head-too-large", "x")}             | ${431} | ${"DPE"}
  ${new ParseFailure("bare-lf", "x")}                    | ${400} | ${"DPE"}
  ${new TypeError("a defect of the sidecar")}            | ${500} | ${""}
  ${"not even an error"}                                 | ${500} | ${""}
`("$error.code $error.reason is answered $status $flag", ({ error, status, flag }) => {
  expect(rescue(error)).toMatchObject({ status, flag });
});

test("every reason to refuse bytes closes the connection with a status of its kind", () => {
  for (const reason of parseReasons) {
    const { status, close } = rescue(new ParseFailure(reason, "x"));
    expect([400, 408, 413, 431, 501, 505]).toContain(status);
    expect(close).toBe(true);
  }
});

test("a last retry that failed is answered as what it was, with the flag of retries used up", () => {
  const exhausted = (cause: unknown) => rescue(new RequestFailure("RETRIES_EXHAUSTED", "x", cause));
  expect(exhausted(new RequestFailure("TRY_TIMEOUT", "y"))).toMatchObject({ status: 504, flag: "URX" });
  expect(exhausted(new UpstreamFailure("UPSTREAM_PROTOCOL", "y", true))).toMatchObject({
    status: 502,
    flag: "URX",
  });
});

test("a defect's own message stays inside", () => {
  expect(rescue(new TypeError("secret")).message).not.toContain("secret");
});

test("an answer's length counts bytes, not characters", () => {
  const text = writeAnswer({ status: 503, flag: "UH", message: "no endpoint of café", close: true });
  const [head = "", body = ""] = text.split("\r\n\r\n");
  expect(head).toContain(`content-length: ${body.length}`);
  expect(JSON.parse(Buffer.from(body, "latin1").toString())).toEqual({
    status: 503,
    flag: "UH",
    message: "no endpoint of café",
  });
});
