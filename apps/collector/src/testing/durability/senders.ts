import { setTimeout as pause } from "node:timers/promises";
import { contentTypes, encodeTraces } from "@weir/telemetry/otlp";

export interface SendersSettings {
  readonly url: string;
  readonly count: number;
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface SpanRequest {
  /** Of its spans. */
  readonly ids: readonly string[];
  readonly body: Buffer;
}

/** What a sender waits between two requests while it is not in a hurry: some 20 a second each. */
const paceMs = 50;
/** What it waits after an attempt that was not answered at all. */
const noAnswerMs = 100;
const maxSpans = 40;

/**
 * Senders as OTLP wants them: what is not acknowledged is sent again, the same bytes, no sooner than the answer says.
 * They remember every span, and those of every request that was answered with 200. One of ten requests is sent once more
 * although it was acknowledged, as by a sender that the answer did not reach.
 */
export class Senders {
  readonly #settings: SendersSettings;
  readonly sent = new Set<string>();
  readonly acknowledged = new Set<string>();
  /** How often each status came; 0: no answer. */
  readonly statuses = new Map<number, number>();
  /** What came with 429 and 503. */
  readonly reasons = new Set<string>();
  inHurry = false;
  #next = 1;
  #underWay = 0;
  #finishing = false;
  #gate: PromiseWithResolvers<void> | undefined;
  readonly #loops: Promise<void>[] = [];

  constructor(settings: SendersSettings) {
    this.#settings = settings;
  }

  start(): void {
    for (let i = 0; i < this.#settings.count; i++) this.#loops.push(this.#run());
  }

  /** Resolves when no request is under way; none leaves until `resume`. */
  async pause(): Promise<void> {
    this.#gate ??= Promise.withResolvers();
    while (this.#underWay > 0) await pause(10);
  }

  resume(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  /** Begins nothing new; resolves when everything that was sent is acknowledged. */
  async finish(): Promise<void> {
    this.#finishing = true;
    await Promise.all(this.#loops);
  }

  async #run(): Promise<void> {
    while (!this.#finishing) {
      const request = this.#create();
      await this.#deliver(request);
      if (this.#settings.random() < 0.1) await this.#deliver(request);
      if (!this.inHurry) await pause(paceMs * 2 * this.#settings.random());
    }
  }

  async #deliver(request: SpanRequest): Promise<void> {
    for (;;) {
      await this.#gate?.promise;
      const retryAfterMs = await this.#attempt(request);
      if (retryAfterMs === undefined) return;
      await pause(retryAfterMs);
    }
  }

  /** Milliseconds until the next one; undefined once it is acknowledged. */
  async #attempt({ ids, body }: SpanRequest): Promise<number | undefined> {
    for (const id of ids) this.sent.add(id);
    const answer = await this.#post(body);
    this.#count(answer?.status ?? 0);
    if (!answer) return noAnswerMs;
    const { status, text, retryAfter } = answer;
    if (status === 200) {
      for (const id of ids) this.acknowledged.add(id);
      return undefined;
    }
    if (retryAfter === null) throw new Error(`answered ${status}, for good: ${text}`);
    this.reasons.add(text);
    return Number(retryAfter) * 1000;
  }

  async #post(body: Buffer) {
    this.#underWay += 1;
    try {
      const response = await fetch(`${this.#settings.url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": contentTypes.protobuf },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(30_000),
      });
      const retryAfter = response.headers.get("retry-after");
      return { status: response.status, text: await response.text(), retryAfter };
    } catch {
      return undefined;
    } finally {
      this.#underWay -= 1;
    }
  }

  #count(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  #create(): SpanRequest {
    const { random, now } = this.#settings;
    const count = 1 + Math.floor(random() * maxSpans);
    const ids = Array.from({ length: count }, () => (this.#next++).toString(16).padStart(16, "0"));
    const traceId = ids[0]?.padStart(32, "f") ?? "";
    const startTimeUnixNano = BigInt(now()) * 1_000_000n;
    const spans = ids.map((spanId) => ({
      ...{ traceId, spanId, name: "durable", kind: 2, startTimeUnixNano },
      endTimeUnixNano: startTimeUnixNano + 1000n,
    }));
    const resource = { attributes: { "service.name": "sender", "service.namespace": "durability" } };
    return {
      ids,
      body: encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, "protobuf"),
    };
  }
}
