import { Worker } from "node:worker_threads";
import type { MetersReport } from "../telemetry/meters.ts";
import type { Order, OrderAnswer, PostedOrder, WorkerData, WorkerMessage } from "./messages.ts";

/** A worker was asked for something and ended before it answered, or said why it cannot do it. */
export class WorkerFailed extends Error {
  readonly code = "WORKER_FAILED";

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "WorkerFailed";
  }
}

interface Asked {
  resolve(answer: OrderAnswer): void;
  reject(error: WorkerFailed): void;
}

/** One worker as the main thread sees it. */
export class WorkerThread {
  readonly index: number;
  /** Settled when the thread is no more: why, as far as it is known. */
  readonly ended: Promise<Error | undefined>;
  /** It has opened its ports. */
  serving = false;
  /** Intervals that have passed since it was last heard. */
  silentBeats = 0;
  /** Intervals that it has lived. */
  beats = 0;
  /** What it said last of what it has counted. */
  report: MetersReport | undefined;

  readonly #worker: Worker;
  readonly #asked = new Map<number, Asked>();
  #lastId = 0;
  #alive = true;

  /** `entry` is the module that the thread runs. */
  constructor(entry: URL, data: WorkerData) {
    this.index = data.index;
    this.#worker = new Worker(entry, { workerData: data, name: `weir worker ${data.index}` });
    this.#worker.on("message", (message: WorkerMessage) => this.#hear(message));
    let failure: Error | undefined;
    this.#worker.on("error", (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once("exit", () => {
        this.#alive = false;
        this.serving = false;
        for (const { reject } of this.#asked.values())
          reject(new WorkerFailed(`worker ${this.index} ended`, failure));
        this.#asked.clear();
        resolve(failure);
      });
    });
  }

  /** Rejects with WorkerFailed: it ended, or says why it cannot. */
  async ask(order: Order): Promise<OrderAnswer> {
    if (!this.#alive) throw new WorkerFailed(`worker ${this.index} has ended`);
    const id = ++this.#lastId;
    const answered = new Promise<OrderAnswer>((resolve, reject) => this.#asked.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, order } satisfies PostedOrder);
    const answer = await answered;
    if (answer.error !== undefined) throw new WorkerFailed(answer.error);
    return answer;
  }

  /** Ends it at once, whatever it is doing. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear({ answer, report }: WorkerMessage): void {
    this.silentBeats = 0;
    this.report = report ?? this.report;
    if (answer === undefined) return;
    this.#asked.get(answer.id)?.resolve(answer);
    this.#asked.delete(answer.id);
  }
}
