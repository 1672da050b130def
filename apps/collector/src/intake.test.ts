import { SpanDictionary } from "@weir/store";
import { encodeLogs } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { Intake } from "./intake.ts";
import { createProcessing } from "./processors/process-request.ts";
import { plainRules } from "./processors/testing/process-body.ts";
import { Admission } from "./receivers/admission.ts";

const body = encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: "hello" }] }] }] }, "protobuf");
const request = { signal: "logs", encoding: "protobuf", body } as const;

function startIntake(maxBytes: number) {
  const told = { overloads: 0, kept: 0 };
  const admission = new Admission({ maxBytes, maxRequests: 1 });
  const intake = new Intake({
    ...{ admission, now: Date.now, mayReceive: () => {} },
    process: createProcessing({ dictionary: new SpanDictionary(), rules: plainRules }),
    keep: async () => {},
    onOverload: () => told.overloads++,
    onKept: () => told.kept++,
  });
  return { intake, admission, told };
}

test("whoever is to come again because there is too much to do is counted, wherever that is found out", async () => {
  const { intake, told } = startIntake(1000);
  const admitted = intake.enter();
  expect(() => intake.enter()).toThrow(/more to commit/);
  expect(told).toEqual({ overloads: 1, kept: 0 });

  admitted.hold(900);
  expect(() => admitted.hold(101)).toThrow(/more memory than/);
  expect(told).toEqual({ overloads: 1, kept: 0 });

  // The rows that a body becomes do not fit beside what is there.
  await expect(intake.consume(request)).rejects.toThrow(/more to commit/);
  expect(told).toEqual({ overloads: 2, kept: 0 });

  admitted.release();
  await intake.consume(request);
  expect(told).toEqual({ overloads: 2, kept: 1 });
});

test("so is one whose body finds no room while it is being read", async () => {
  const { intake, admission, told } = startIntake(1000);
  const admitted = intake.enter();
  await admission.holdFor(900, async () => {
    expect(() => admitted.hold(101)).toThrow(/more to commit/);
  });
  admitted.release();
  expect(told.overloads).toBe(1);
});
