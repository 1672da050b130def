import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Signal } from "@weir/telemetry/otlp";
import { waitFor } from "@weir/testkit";
import { afterAll, beforeAll } from "vitest";
import { type RawAnswer, rawClient } from "../../receivers/grpc/testing/raw-client.ts";
import { exportPath } from "../../receivers/grpc/testing/test-receiver.ts";
import { TestCollector } from "../test-collector.ts";
import { type ExportResult, exportBySdk, type SdkExport } from "./export-by-sdk.ts";
import { type ItemLedger, readItemLedger } from "./item-ledger.ts";
import type { Protocol } from "./official-exporters.ts";

/** One span, data point or log record as the database has it. */
export interface StoredItem {
  readonly service: string;
  readonly kind: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A collector with all that it listens for, for each test, and what stands in its database. */
export class WholeCollector extends TestCollector {
  #spools = "";

  /** Call it outside of the tests: it sets up and cleans up around them. */
  constructor() {
    super();
    beforeAll(() => {
      this.#spools = mkdtempSync(join(tmpdir(), "weir-conformance-"));
    });
    afterAll(() => rmSync(this.#spools, { recursive: true, force: true }));
  }

  async startWhole({ spool = false } = {}): Promise<void> {
    const anyPort = { host: "127.0.0.1", port: 0 };
    const directory = join(this.#spools, randomUUID());
    await this.startReady({
      config: {
        ...this.config,
        grpcListen: anyPort,
        zipkinListen: anyPort,
        ...(spool ? { spool: { directory, maxBytes: 50_000_000 } } : {}),
      },
    });
  }

  get zipkinUrl(): string {
    return `http://127.0.0.1:${this.collector.zipkinPort}/api/v2/spans`;
  }

  /** What an exporter is to be told. */
  urlOf(protocol: Protocol, signal: Signal): string {
    const { port, grpcPort } = this.collector;
    return protocol === "grpc" ? `http://127.0.0.1:${grpcPort}` : `http://127.0.0.1:${port}/v1/${signal}`;
  }

  /** One request by the official exporter. */
  exportBySdk(sent: Omit<SdkExport, "url">): Promise<ExportResult> {
    return exportBySdk({ ...sent, url: this.urlOf(sent.protocol, sent.signal) });
  }

  /** One call of these bytes, whatever they are. */
  async call(signal: Signal, message: Uint8Array, coding?: "identity" | "gzip"): Promise<RawAnswer> {
    const client = rawClient(this.collector.grpcPort ?? 0, coding);
    try {
      return await client.call(exportPath[signal], message);
    } finally {
      client.close();
    }
  }

  async postZipkin(spans: readonly object[]): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return fetch(this.zipkinUrl, { method: "POST", headers, body: JSON.stringify(spans) });
  }

  /** What `/metrics` says. */
  async metrics(): Promise<string> {
    return (await fetch(this.url("/metrics"))).text();
  }

  /** How many OTLP/HTTP requests were answered with a status. */
  async answers(status: number): Promise<number> {
    const line = new RegExp(`^weir_collector_requests_total\\{[^}]*status="${status}"[^}]*\\} (\\d+)$`, "gm");
    return [...(await this.metrics()).matchAll(line)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** Read from `/metrics` once nothing is in flight and the spool is empty. */
  async settledLedger(signal?: Signal): Promise<ItemLedger> {
    const idle = ["queue_requests", "spool_requests"].map(
      (name) => new RegExp(`^weir_collector_${name} 0$`, "m"),
    );
    const metrics = await waitFor(
      async () => {
        const text = await this.metrics();
        return idle.every((line) => line.test(text)) ? text : undefined;
      },
      { what: "the collector to have nothing in flight" },
    );
    return readItemLedger(metrics, signal);
  }

  /** All items of a name (for logs: a body), by their attribute `i`. */
  async stored(signal: Signal, name: string): Promise<readonly StoredItem[]> {
    const items = await this.#select(signal, name);
    return [...items].sort((a, b) => Number(a.attributes.i) - Number(b.attributes.i));
  }

  #select(signal: Signal, name: string): Promise<StoredItem[]> {
    const { sql } = this;
    const service = sql`s.namespace || '/' || s.name || '@' || s.version AS service`;
    if (signal === "metrics")
      return sql<StoredItem[]>`
        SELECT ${service}, kind, attributes FROM metric_point JOIN telemetry_service s ON s.id = service_id
        WHERE metric_point.name = ${name}`;
    if (signal === "logs")
      return sql<StoredItem[]>`
        SELECT ${service}, severity::text AS kind, attributes FROM log_record
        JOIN telemetry_service s ON s.id = service_id WHERE body = to_jsonb(${name}::text)`;
    return sql<StoredItem[]>`
      SELECT ${service}, kind::text AS kind, coalesce(a.attributes, '{}') || coalesce(span.attributes, '{}') AS attributes FROM span
      JOIN telemetry_service s ON s.id = service_id JOIN telemetry_operation o ON o.id = operation_id
      LEFT JOIN telemetry_attribute_set a ON a.id = attribute_set_id WHERE o.name = ${name}`;
  }
}
