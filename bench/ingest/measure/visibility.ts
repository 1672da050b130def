import { setTimeout as sleep } from "node:timers/promises";
import { type Sql, topology, traceById } from "@weir/store";
import { edgeRequest } from "../corpus/edge-request.ts";

/** How long telemetry that has been sent takes until a question finds it, in milliseconds, asked under load. */
export class Visibility {
  readonly #sql: Sql;
  readonly #port: number;
  readonly #asking = new Set<Promise<void>>();
  #edgesSent = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly tracesMs: number[] = [];
  readonly edgesMs: number[] = [];

  constructor(sql: Sql, port: number) {
    this.#sql = sql;
    this.#port = port;
  }

  /** Sends a new edge every second, and looks for it on the map, until `end`. */
  start(): void {
    this.#timer = setInterval(() => this.#keep(this.#probeEdge(`probe-${++this.#edgesSent}`)), 1_000);
  }

  /** Looks for a trace that is being sent. */
  expectTrace(traceId: string, sentAtMs: number): void {
    this.#keep(
      this.#until(async () => (await traceById(this.#sql, traceId)).length > 0, sentAtMs, 20, this.tracesMs),
    );
  }

  /** Resolves when all that was sent has been found. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#asking);
  }

  async #probeEdge(source: string): Promise<void> {
    const sentAtMs = Date.now();
    const response = await fetch(`http://127.0.0.1:${this.#port}/v1/metrics`, {
      method: "POST",
      headers: { "content-type": "application/x-protobuf" },
      body: new Uint8Array(edgeRequest(source, sentAtMs)),
    });
    if (!response.ok) throw new Error(`an edge was refused: ${response.status} ${await response.text()}`);
    const window = { fromMs: sentAtMs - 60_000, toMs: sentAtMs + 60_000 };
    const isOnMap = async () => {
      const { edges } = await topology(this.#sql, window);
      return edges.some((edge) => edge.source.service === source);
    };
    await this.#until(isOnMap, sentAtMs, 50, this.edgesMs);
  }

  async #until(
    isVisible: () => Promise<boolean>,
    sinceMs: number,
    everyMs: number,
    into: number[],
  ): Promise<void> {
    while (!(await isVisible())) await sleep(everyMs);
    into.push(Date.now() - sinceMs);
  }

  #keep(work: Promise<void>): void {
    this.#asking.add(work);
    work.then(
      () => this.#asking.delete(work),
      () => {}, // kept: `end` throws it
    );
  }
}
