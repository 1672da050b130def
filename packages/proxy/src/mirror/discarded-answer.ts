import type { ResponseSink, UpstreamStream } from "../stream/upstream-stream.ts";

/** Takes an answer that nobody wants, so that its connection can serve again; one that is too slow is cut off. */
export class DiscardedAnswer implements ResponseSink {
  readonly outcome: Promise<"answered" | "failed" | "timeout">;
  readonly #settle: (outcome: "answered" | "failed" | "timeout") => void;

  constructor(stream: UpstreamStream, withinMs: number) {
    const { promise, resolve } = Promise.withResolvers<"answered" | "failed" | "timeout">();
    const timer = setTimeout(() => {
      stream.destroy();
      resolve("timeout");
    }, withinMs);
    // It must not keep a sidecar that stops from ending.
    timer.unref();
    this.outcome = promise;
    this.#settle = (outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
  }

  end(): void {
    this.#settle("answered");
  }

  fail(): void {
    this.#settle("failed");
  }

  upgraded(): void {
    this.#settle("failed");
  }

  interim(): void {}

  head(): void {}

  chunk(): void {}

  writable(): void {}
}
