import { meshAttributes } from "@weir/domain";
import { type Draft, type ExportLogsServiceRequest, encodeLogs } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { AttributeRules } from "./attribute-rules/attribute-rules.ts";
import { processBody, receivedNs } from "./testing/process-body.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

const logsOf = (
  ...logRecords: NonNullable<
    NonNullable<
      NonNullable<Draft<ExportLogsServiceRequest>["resourceLogs"]>[number]["scopeLogs"]
    >[number]["logRecords"]
  >[number][]
) => processBody("logs", encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, "protobuf"));
const edge = {
  [meshAttributes.reporter]: "source",
  [meshAttributes.sourceNamespace]: "shop",
  [meshAttributes.sourceService]: "web",
  [meshAttributes.sourceVersion]: "v1",
  [meshAttributes.destinationNamespace]: "shop",
  [meshAttributes.destinationService]: "cart",
  [meshAttributes.destinationVersion]: "v2",
};

test("a record is kept as it is", () => {
  const { logs } = logsOf({
    timeUnixNano: 7n,
    severityNumber: 17,
    body: { text: "failed" },
    attributes: { a: 1 },
    eventName: "payment.failed",
    traceId,
    spanId,
  }).rows;
  expect(logs).toMatchObject([
    {
      timeNs: 7n,
      severity: 17,
      body: { text: "failed" },
      attributes: { a: 1, "event.name": "payment.failed" },
      traceId,
      spanId,
    },
  ]);
});

test("a level that is only a text counts, and who logged is kept", () => {
  const levels = ["warning", "fatal", "verbose"].map((severityText) => ({ severityText }));
  const { logs } = processBody(
    "logs",
    encodeLogs(
      {
        resourceLogs: [{ scopeLogs: [{ scope: { name: "app.pay", version: "2" }, logRecords: levels }] }],
      },
      "protobuf",
    ),
  ).rows;
  expect(logs.map(({ severity }) => severity)).toEqual([13, 21, 0]);
  expect(logs[0]?.attributes).toEqual({
    severity_text: "warning",
    "otel.scope.name": "app.pay",
    "otel.scope.version": "2",
  });
});

test.each([
  ["TRACE", 1],
  ["debug4", 8],
  ["INFO2", 10],
  ["WARN3", 15],
  ["Error2", 18],
  ["FATAL4", 24],
  ["ERROR1", 17],
  ["ERROR5", 17],
  ["ERROR22", 17],
  ["information", 9],
  ["2", 0],
])("the text %s is the severity %i", (severityText, severity) => {
  expect(logsOf({ severityText }).rows.logs).toMatchObject([{ severity }]);
});

test("what is to be hidden in values is hidden in its severity's text and its scope, too", () => {
  const rules = new AttributeRules({ redaction: { keys: [], values: ["4[0-9]{15}"], ignoredKeys: [] } });
  const card = "4111111111111111";
  const scope = { name: `app ${card}`, version: card };
  const body = encodeLogs(
    { resourceLogs: [{ scopeLogs: [{ scope, logRecords: [{ severityText: `WARN ${card}` }] }] }] },
    "protobuf",
  );
  expect(processBody("logs", body, rules).rows.logs[0]?.attributes).toEqual({
    severity_text: "WARN ****",
    "otel.scope.name": "app ****",
    "otel.scope.version": "****",
  });
});

test("its time is the first that it has; a trace id that is none is left out", () => {
  const { rows, rejections } = logsOf(
    { observedTimeUnixNano: 9n, traceId: "abcd" },
    { severityNumber: 99, spanId },
    { timeUnixNano: 2n ** 63n },
  );
  expect(rows.logs.map(({ timeNs }) => timeNs)).toEqual([9n, receivedNs]);
  expect(rows.logs[0]).not.toHaveProperty("traceId");
  expect(rows.logs[1]).toMatchObject({ severity: 0 });
  expect([...rejections.byReason]).toEqual([["invalid_time", 1]]);
});

test.each([{ eventName: "weir.access" }, { attributes: { "event.name": "weir.access" } }])(
  "an access log is known by its event's name, as %o",
  ({ eventName, attributes }) => {
    const decisions = [{ policy: "split", verdict: "version=v2", wouldAct: true }];
    const { rows } = logsOf({
      timeUnixNano: 7n,
      eventName,
      traceId,
      spanId,
      attributes: {
        ...edge,
        ...attributes,
        [meshAttributes.method]: "GET",
        [meshAttributes.path]: "/items",
        [meshAttributes.host]: "cart",
        [meshAttributes.status]: 503,
        [meshAttributes.responseFlag]: "UH",
        [meshAttributes.durationNs]: 1_500_000,
        [meshAttributes.upstreamNs]: -1,
        [meshAttributes.responseBytes]: 2 ** 40,
        [meshAttributes.decisions]: decisions,
      },
    });
    expect(rows.logs).toEqual([]);
    expect(rows.accessLogs).toEqual([
      {
        timeNs: 7n,
        traceId,
        spanId,
        reporter: "source",
        source: { namespace: "shop", service: "web", version: "v1" },
        destination: { namespace: "shop", service: "cart", version: "v2" },
        protocol: "http",
        method: "GET",
        path: "/items",
        host: "cart",
        status: 503,
        flag: "UH",
        durationNs: 1_500_000n,
        upstreamNs: 0n,
        requestBytes: 0n,
        responseBytes: 2n ** 40n,
        decisions,
      },
    ]);
  },
);

test.each([meshAttributes.reporter, meshAttributes.sourceService, meshAttributes.destinationService])(
  "an access log without %s is rejected",
  (name) => {
    const { rejections } = logsOf({ eventName: "weir.access", attributes: { ...edge, [name]: "" } });
    expect([...rejections.byReason]).toEqual([["missing_attribute", 1]]);
  },
);
