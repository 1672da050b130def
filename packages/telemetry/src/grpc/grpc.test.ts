import { expect, test } from "vitest";
import { decodeHealthCheck, decodeServingStatus, encodeHealthCheck, encodeServingStatus } from "./health.ts";
import { decodeRetryStatus, encodeRetryStatus } from "./retry-status.ts";

test("a status with RetryInfo is written as Google's own library writes it", () => {
  // googleapis-common-protos for Python: Status(14, "the database is away", RetryInfo(1.5 s)).
  const known =
    "CA4SFHRoZSBkYXRhYmFzZSBpcyBhd2F5GjYKKHR5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5SZXRyeUluZm8SCgoICAEQgMq17gE=";
  const status = { code: 14, message: "the database is away", retryDelayMs: 1500 };
  expect(encodeRetryStatus(status).toString("base64")).toBe(known);
  expect(decodeRetryStatus(Buffer.from(known, "base64"))).toEqual(status);
});

test("a status that must not be tried again has no details", () => {
  const status = { code: 3, message: "malformed" };
  expect(decodeRetryStatus(encodeRetryStatus(status))).toEqual({ ...status, retryDelayMs: undefined });
});

test("the health service's messages", () => {
  // HealthCheckRequest { service = 1 }, HealthCheckResponse { status = 1 }: grpc/health/v1/health.proto.
  expect(encodeHealthCheck("a").toString("hex")).toBe("0a0161");
  expect(decodeHealthCheck(encodeHealthCheck("a.b.C"))).toBe("a.b.C");
  expect(encodeServingStatus(2).toString("hex")).toBe("0802");
  expect(decodeServingStatus(Buffer.alloc(0))).toBe(0);
});
