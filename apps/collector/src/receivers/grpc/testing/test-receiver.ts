import { SpanDictionary } from "@weir/store";
import { afterEach, beforeEach, expect } from "vitest";
import { Intake } from "../../../intake.ts";
import { createProcessing, type ProcessedRequest } from "../../../processors/process-request.ts";
import { plainRules } from "../../../processors/testing/process-body.ts";
import { Admission } from "../../admission.ts";
import { type GrpcReceiverSettings, startGrpcReceiver } from "../grpc-receiver.ts";
import type { GrpcServer } from "../grpc-server.ts";
import { type RawClient, rawClient } from "./raw-client.ts";

/** A receiver for each test, with all that is real behind it but what keeps the requests. */
export class TestReceiver {
  #server: GrpcServer | undefined;
  #clients: RawClient[] = [];
  admission: Admission = new Admission({ maxBytes: 0, maxRequests: 0 });
  /** Requests that were kept. */
  taken: ProcessedRequest[] = [];
  answers: string[] = [];
  dropped: string[] = [];
  accessLogs = 0;
  isReady = true;
  /** Throws what the intake throws when nothing can be kept. */
  mayReceive: () => void = () => {};
  keep: (request: ProcessedRequest) => Promise<void> = async () => {};
  faults: unknown[] = [];

  /** Call it outside of the tests: it sets up and cleans up around them. */
  constructor(settings: Partial<GrpcReceiverSettings> = {}) {
    beforeEach(async () => {
      this.admission = new Admission({ maxBytes: 32 * 1024 * 1024, maxRequests: 10 });
      this.taken = [];
      this.answers = [];
      this.dropped = [];
      this.accessLogs = 0;
      this.faults = [];
      this.isReady = true;
      this.mayReceive = () => {};
      this.keep = async (request) => void this.taken.push(request);
      this.#server = await this.#start(settings);
    });
    afterEach(async () => {
      for (const client of this.#clients.splice(0)) client.close();
      await this.#server?.stop(200);
      expect([this.admission.bytes, this.admission.requests]).toEqual([0, 0]);
    });
  }

  get port(): number {
    return this.server.port;
  }

  get server(): GrpcServer {
    if (!this.#server) throw new Error("not set up yet");
    return this.#server;
  }

  client(compression: "identity" | "gzip" = "identity"): RawClient {
    const client = rawClient(this.port, compression);
    this.#clients.push(client);
    return client;
  }

  #start(settings: Partial<GrpcReceiverSettings>): Promise<GrpcServer> {
    let ids = 0;
    const intake = new Intake({
      admission: this.admission,
      now: Date.now,
      mayReceive: () => this.mayReceive(),
      process: createProcessing({ dictionary: new SpanDictionary(), rules: plainRules }),
      keep: (request) => this.keep(request),
    });
    return startGrpcReceiver({
      listen: { host: "127.0.0.1", port: 0 },
      intake,
      now: Date.now,
      newId: () => `stream-${++ids}`,
      isReady: () => this.isReady,
      onAnswer: (method, status) => this.answers.push(`${method} ${status}`),
      onAccessLogs: (count) => {
        this.accessLogs += count;
      },
      onAccessLogsDropped: (unit, reason, count) => this.dropped.push(`${count} ${unit} ${reason}`),
      onFault: (error) => this.faults.push(error),
      ...settings,
    });
  }
}

export const exportPath = {
  traces: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
  metrics: "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
  logs: "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
} as const;
