import {
  backOffMs,
  leaveRetry,
  type RetrySettings,
  retryOnMatches,
  type TryAnswer,
  tryRetry,
} from "@weir/domain/request-path";
import type { Exchange } from "../exchange.ts";
import { grpcStatusOf } from "../grpc/grpc-status.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { RequestFailure } from "../request-failure.ts";
import type { BufferedStream } from "../stream/buffered-stream.ts";
import type { CallerStream } from "../stream/caller-stream.ts";
import { type TriesTold, TryStream } from "../stream/try-stream.ts";
import { buffered } from "./buffered.ts";
import type { Handler } from "./stage.ts";
import { limitTime } from "./time-limit.ts";
import { AnswerTakenBack, tryAnswerOf } from "./try-answer.ts";

export interface RetryingSettings {
  readonly exchange: Exchange;
  readonly settings: RetrySettings;
  /** Cells of the service's retry budget. */
  readonly budget: Int32Array;
  /** Gives a number in [0, 1). */
  readonly random: () => number;
}

/** The tries of one request. Only what can be given again whole is tried again. */
export class Retrying {
  readonly #exchange: Exchange;
  readonly #settings: RetrySettings;
  readonly #budget: Int32Array;
  readonly #random: () => number;
  readonly #request: BufferedStream;
  readonly #caller: CallerStream;
  #retries = 0;
  /** A retry is under way, or about to be. */
  #holdsPlace = false;

  constructor({ exchange, settings, budget, random }: RetryingSettings) {
    this.#exchange = exchange;
    this.#settings = settings;
    this.#budget = budget;
    this.#random = random;
    this.#request = buffered(exchange);
    this.#caller = exchange.stream;
  }

  async run(next: Handler): Promise<void> {
    const told = { continued: false };
    try {
      while (await this.#failsOnce(next, told)) await this.#backOff();
    } finally {
      this.#leavePlace();
    }
  }

  /** One try. True: another is to follow. */
  async #failsOnce(next: Handler, told: TriesTold): Promise<boolean> {
    const exchange = this.#exchange;
    const attempt = new TryStream(this.#caller, told, (head) => this.#objection(head));
    exchange.stream = attempt;
    try {
      await this.#inTime(attempt, () => next(exchange));
      return false;
    } catch (error) {
      if (error instanceof AnswerTakenBack) return true;
      const answer = attempt.committed ? undefined : tryAnswerOf(error);
      if (answer === undefined || this.#caller.gone) throw error;
      if (this.#takesAnother(answer)) return true;
      throw exchange.flag === "URX"
        ? new RequestFailure("RETRIES_EXHAUSTED", `still failing after ${this.#retries} retries`, error)
        : error;
    }
  }

  #inTime(attempt: TryStream, run: () => Promise<void>): Promise<void> {
    const limitMs = this.#settings.perTryTimeoutMs;
    if (limitMs === undefined) return run();
    const failure = () => new RequestFailure("TRY_TIMEOUT", `no answer within ${limitMs} ms`);
    return limitTime({ limitMs, request: this.#request, stream: attempt, failure }, run);
  }

  /** Asked for each answer before it is let through to the caller. */
  #objection(head: ResponseHead): Error | undefined {
    const grpcStatus = this.#exchange.protocol === "grpc" ? grpcStatusOf(head.fields) : undefined;
    const answer: TryAnswer = { status: head.status, grpcStatus };
    return this.#takesAnother(answer) ? new AnswerTakenBack(answer) : undefined;
  }

  /** Whether the request is to be tried again after this, and then the place for that is taken. */
  #takesAnother(answer: TryAnswer): boolean {
    if (!retryOnMatches(this.#settings, answer)) return false;
    if (!this.#request.replayable || this.#caller.gone) return false;
    if (this.#retries >= this.#settings.attempts) {
      this.#exchange.flag = "URX";
      return false;
    }
    this.#leavePlace();
    if (!this.#takePlace()) {
      // Envoy: the upstream's answer passes, flagged as an overflow of retries.
      this.#exchange.flag = "UO";
      return false;
    }
    this.#retries++;
    return true;
  }

  async #backOff(): Promise<void> {
    const exchange = this.#exchange;
    this.#request.release();
    const waitMs = backOffMs(this.#retries, this.#settings.backOff, this.#random);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (this.#caller.gone) throw new RequestFailure("CLIENT_GONE", "the caller went away");
    exchange.attempts++;
    exchange.status = 0;
    exchange.grpcStatus = undefined;
    exchange.answeredMs = 0;
    if (exchange.upstream) exchange.tried = [...(exchange.tried ?? []), exchange.upstream];
  }

  #takePlace(): boolean {
    const guard = this.#exchange.service?.breaker;
    if (!tryRetry(this.#budget, this.#settings.budget)) return false;
    if (guard && !guard.tryEnter(this.#exchange, "retries")) {
      leaveRetry(this.#budget);
      return false;
    }
    this.#holdsPlace = true;
    return true;
  }

  #leavePlace(): void {
    if (!this.#holdsPlace) return;
    this.#holdsPlace = false;
    leaveRetry(this.#budget);
    this.#exchange.service?.breaker?.leave("retries");
  }
}
