import { decodeLogs, encodeLogs } from "@weir/telemetry/otlp";
import { createLogger, createRegistry } from "@weir/telemetry/process";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AttributeRules } from "../../processors/attribute-rules/attribute-rules.ts";
import { type Forwarding, startForwarding } from "./forwarding.ts";
import { TestBackend } from "./testing/test-backend.ts";

let backends: TestBackend[];
let forwarding: Forwarding;
let metrics: ReturnType<typeof createRegistry>;

beforeEach(async () => {
  backends = [new TestBackend(), new TestBackend()];
  for (const backend of backends) await backend.start();
  metrics = createRegistry("collector");
  forwarding = startForwarding({
    backends: backends.map(({ port }, i) => ({
      endpoint: new URL(`http://127.0.0.1:${port}`),
      signals: i === 0 ? ["logs", "traces"] : ["logs"],
      headers: {},
      compression: "none",
      timeoutMs: 5000,
      retry: { initialIntervalMs: 60_000, maxIntervalMs: 60_000, maxElapsedMs: 0 },
      queue: { maxBytes: 10_000, consumers: 1 },
    })),
    rules: new AttributeRules({ redaction: { keys: [], values: ["4[0-9]{15}"], ignoredKeys: [] } }),
    ...{
      registry: metrics,
      graceMs: 3000,
      log: createLogger("collector", "silent"),
      now: Date.now,
      random: () => 0.5,
    },
  });
});

afterEach(async () => {
  await forwarding.stop();
  for (const backend of backends) await backend.stop();
});

const logs = (body: string) => ({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] });
const value = async (name: string, labels: Record<string, string>): Promise<number> => {
  const metric = await metrics.getSingleMetric(`weir_collector_forward_${name}`)?.get();
  const found = metric?.values.find((one) =>
    Object.entries(labels).every(([key, label]) => one.labels[key] === label),
  );
  return found?.value ?? 0;
};

test("every backend gets the signals that it wants, without what is hidden, and is counted for itself", async () => {
  const [first, second] = backends;
  if (second) second.answer = (_, response) => void response.writeHead(503).end();
  const body = encodeLogs(logs("card 4111111111111111"), "json");
  forwarding.offer({ signal: "logs", encoding: "json", body });
  forwarding.offer({ signal: "metrics", encoding: "json", body: Buffer.from("{}") });
  const [one, other] = backends.map(({ port }) => `http://127.0.0.1:${port}`);
  await waitFor(
    async () =>
      (await value("requests_sent_total", { endpoint: String(one), signal: "logs" })) === 1 &&
      (await value("attempts_failed_total", { endpoint: String(other), signal: "logs" })) === 1,
    { what: "both to be counted" },
  );
  expect(first?.received.map(({ path }) => path)).toEqual(["/v1/logs"]);
  const read = decodeLogs(Buffer.from(first?.received[0]?.body ?? ""), "json");
  expect(read.resourceLogs[0]?.scopeLogs[0]?.logRecords[0]?.body).toBe("card ****");
  expect(await value("queue_requests", { endpoint: String(other) })).toBe(1);
  await forwarding.stop();
  expect(await value("requests_dropped_total", { endpoint: String(other), reason: "stopped" })).toBe(1);
});

test("what cannot be read, and so not redacted, is not passed on, and nobody's error", async () => {
  forwarding.offer({ signal: "logs", encoding: "protobuf", body: Buffer.from([0x0a, 0x7f]) });
  expect(await value("requests_unreadable_total", { signal: "logs" })).toBe(1);
  await forwarding.stop();
  expect(backends.map(({ received }) => received.length)).toEqual([0, 0]);
});
