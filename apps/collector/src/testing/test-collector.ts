import { openSql, type Sql } from "@weir/store";
import {
  contentTypes,
  type Draft,
  type Encoding,
  encodeTraces,
  type Signal,
  type Span,
} from "@weir/telemetry/otlp";
import { createLogger, createRegistry, type Registry, startSelfTracing } from "@weir/telemetry/process";
import { createTestDatabase, startTcpRelay, type TcpRelay, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Collector, type CollectorSettings, startCollector } from "../pipeline.ts";

/** A collector for each test, and between it and a database of the file's own a relay that can be cut. */
export class TestCollector {
  #database: TestDatabase | undefined;
  #sql: Sql | undefined;
  #relay: TcpRelay | undefined;
  #collector: Collector | undefined;
  registry: Registry = createRegistry("collector");

  /** Call it outside of the tests: it sets up and cleans up around them. */
  constructor() {
    beforeAll(async () => {
      this.#database = await createTestDatabase();
      this.#sql = openSql(this.databaseUrl, { applicationName: "test" });
    });
    afterAll(async () => {
      await this.sql.end({ timeout: 1 });
      await this.#database?.drop();
    });
    beforeEach(async () => {
      const { hostname, port } = new URL(this.databaseUrl);
      this.#relay = await startTcpRelay({ host: hostname, port: Number(port) });
      this.registry = createRegistry("collector");
    });
    afterEach(async () => {
      await this.relay.restore();
      await this.#collector?.stop();
      await this.relay.close();
    });
  }

  get databaseUrl(): string {
    return this.#database?.databaseUrl ?? "";
  }

  /** To the database, past the relay. */
  get sql(): Sql {
    return present(this.#sql);
  }

  get relay(): TcpRelay {
    return present(this.#relay);
  }

  get collector(): Collector {
    return present(this.#collector);
  }

  /** What it is started with unless told otherwise: the database behind the relay, and OTLP/HTTP alone. */
  get config(): CollectorSettings["config"] {
    const throughRelay = new URL(this.databaseUrl);
    throughRelay.host = `127.0.0.1:${this.relay.port}`;
    return {
      databaseUrl: throughRelay.href,
      listen: { host: "127.0.0.1", port: 0 },
      retentionHours: 24,
    };
  }

  async start(settings: Partial<CollectorSettings> = {}): Promise<void> {
    this.#collector = await startCollector({
      config: this.config,
      log: createLogger("collector", "silent"),
      registry: this.registry,
      tracer: (await startSelfTracing("collector")).tracer,
      now: Date.now,
      lingerMs: 5,
      ...settings,
    });
  }

  async startReady(settings: Partial<CollectorSettings> = {}): Promise<void> {
    await this.start(settings);
    await waitFor(() => this.isReady(), { what: "the collector to be ready" });
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.collector.port}${path}`;
  }

  async isReady(): Promise<boolean> {
    return (await fetch(this.url("/readyz"))).ok;
  }

  async post(signal: Signal, body: Buffer, encoding: Encoding = "protobuf") {
    const response = await fetch(this.url(`/v1/${signal}`), {
      method: "POST",
      headers: { "content-type": contentTypes[encoding] },
      body: Buffer.from(body),
    });
    return { status: response.status, headers: response.headers, body: await response.bytes() };
  }

  async countSpans(operation: string): Promise<number> {
    const [row] = await this.sql<{ count: number }[]>`
      SELECT count(*)::int AS count FROM span JOIN telemetry_operation o ON o.id = operation_id
      WHERE o.name = ${operation}`;
    return row?.count ?? -1;
  }

  /** Items of traces, by what became of them. */
  async ledger(): Promise<Record<string, number>> {
    const read = async (name: string): Promise<number> => {
      const metric = await this.registry.getSingleMetric(`weir_collector_items_${name}_total`)?.get();
      return (metric?.values ?? [])
        .filter(({ labels }) => labels.signal === "traces")
        .reduce((sum, { value }) => sum + value, 0);
    };
    const names = ["received", "committed", "duplicate", "rejected", "turned_away"];
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)])));
  }
}

export const nowNs = (): bigint => BigInt(Date.now()) * 1_000_000n;

/** A request of `count` spans with ids of their own. */
export function spanBody(
  operation: string,
  count = 1,
  change: Draft<Span> = {},
  encoding: Encoding = "protobuf",
): Buffer {
  const spans = Array.from({ length: count }, () => ({
    traceId: crypto.randomUUID().replaceAll("-", ""),
    spanId: crypto.randomUUID().replaceAll("-", "").slice(0, 16),
    name: operation,
    kind: 2,
    startTimeUnixNano: nowNs(),
    endTimeUnixNano: nowNs() + 1000n,
    ...change,
  }));
  const resource = { attributes: { "service.name": "web", "service.namespace": "shop" } };
  return encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, encoding);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("not set up yet");
  return value;
}
