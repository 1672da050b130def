import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { firstSteps } from "./first-steps.ts";

const addresses = { collector: "http://mesh.test:4318", controller: "http://mesh.test:4600" };
const codes = firstSteps(addresses).map(({ code }) => code);

test("the curl command, read by a shell, sends one span of a request that has just been", () => {
  // `curl` is a function that shows what it was given, one argument a line.
  const shown = execFileSync("sh", ["-c", `curl() { printf '%s\\n' "$@"; }\n${codes[0]}`], {
    encoding: "utf8",
  });
  const [quiet, url, , contentType, , body = ""] = shown.split("\n");
  expect([quiet, url, contentType]).toEqual([
    "-sS",
    "http://mesh.test:4318/v1/traces",
    "content-type: application/json",
  ]);
  const [span] = JSON.parse(body).resourceSpans[0].scopeSpans[0].spans;
  expect(span).toMatchObject({
    kind: 2,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  const [startMs, endMs] = [span.startTimeUnixNano, span.endTimeUnixNano].map((ns) =>
    Number(BigInt(ns) / 1_000_000n),
  );
  expect(Math.abs(Date.now() - Number(startMs))).toBeLessThan(5_000);
  expect(Number(endMs)).toBeGreaterThan(Number(startMs));
});

test("a service is told where to send, and a sidecar what to read", () => {
  expect(codes[1]).toContain("OTEL_EXPORTER_OTLP_ENDPOINT=http://mesh.test:4318\n");
  const [, yaml] = /<<'END'\n(.*)END\n/s.exec(codes[2] ?? "") ?? [];
  expect(parse(yaml ?? "")).toMatchObject({
    telemetry: { otlp: "http://mesh.test:4318" },
    controller: "http://mesh.test:4600",
  });
});
