import { randomFillSync } from "node:crypto";
import type { Batch, Corpus } from "../corpus/corpus.ts";
import { applyPatches, splitNs } from "../corpus/patch.ts";
import { httpPost } from "./http-post.ts";

/** A request ready to be sent. It keeps its bytes until it is given back. */
export interface Ready {
  /** The whole message, head and body. */
  readonly bytes: Buffer;
  readonly items: number;
  /** See {@link Batch}. */
  readonly amount: number;
  /** Of one of its spans, as hexadecimal digits; empty where the corpus has no traces. */
  readonly traceId: string;
  /** It has been answered: its bytes may be used again. */
  giveBack(): void;
}

interface Copy {
  readonly messages: readonly Message[];
  readonly traceIds: Uint8Array;
  readonly spanIds: Uint8Array;
  /** Sent and not answered. */
  out: number;
}

interface Message {
  readonly bytes: Buffer;
  readonly body: DataView;
}

/**
 * The corpus over and over, each round with new random ids and the present time. There are several copies of it, for
 * a request's bytes may not change before it is answered.
 */
export class Rounds {
  readonly #corpus: Corpus;
  readonly #path: string;
  /** Milliseconds since 1970. */
  readonly #now: () => number;
  readonly #copies: Copy[] = [];
  #current: Copy | undefined;
  #next = 0;

  constructor(corpus: Corpus, path: string, now: () => number) {
    this.#corpus = corpus;
    this.#path = path;
    this.#now = now;
  }

  next(): Ready {
    const { batches } = this.#corpus;
    if (this.#current === undefined || this.#next === batches.length) this.#beginRound();
    const copy = this.#current as Copy;
    const at = this.#next++;
    const batch = batches[at] as Batch;
    const { bytes } = copy.messages[at] as Message;
    copy.out++;
    return {
      bytes,
      items: batch.items,
      amount: batch.amount,
      traceId: batch.trace === undefined ? "" : hex(copy.traceIds, batch.trace),
      giveBack: () => {
        copy.out--;
      },
    };
  }

  #beginRound(): void {
    const { batches, lengthNs } = this.#corpus;
    const copy = this.#copies.find(({ out }) => out === 0) ?? this.#addCopy();
    randomFillSync(copy.traceIds);
    randomFillSync(copy.spanIds);
    const identity = {
      traceIds: viewOf(copy.traceIds),
      spanIds: viewOf(copy.spanIds),
      ...splitNs(BigInt(this.#now()) * 1_000_000n - BigInt(lengthNs)),
    };
    for (const [i, { body }] of copy.messages.entries())
      applyPatches(body, (batches[i] as Batch).patches, identity);
    this.#current = copy;
    this.#next = 0;
  }

  #addCopy(): Copy {
    const { batches, traces, spans } = this.#corpus;
    const copy = {
      messages: batches.map(({ body }) => {
        const bytes = httpPost(this.#path, body);
        return { bytes, body: viewOf(bytes.subarray(bytes.length - body.length)) };
      }),
      traceIds: new Uint8Array(16 * traces),
      spanIds: new Uint8Array(8 * spans),
      out: 0,
    };
    this.#copies.push(copy);
    return copy;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function hex(traceIds: Uint8Array, trace: number): string {
  return Buffer.from(traceIds.subarray(trace * 16, trace * 16 + 16)).toString("hex");
}
