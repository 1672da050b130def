import type { TryAnswer, TryFailure } from "@weir/domain/request-path";
import { UpstreamFailure, type UpstreamFailureCode } from "../http1/upstream-failure.ts";
import { RequestFailure } from "../request-failure.ts";

/** An answer that was taken back before a byte of it had reached the caller, so that the request can be tried again. */
export class AnswerTakenBack extends Error {
  readonly code = "ANSWER_TAKEN_BACK";
  readonly answer: TryAnswer;

  constructor(answer: TryAnswer) {
    super(`an answer with status ${answer.status} was taken back`);
    this.name = "AnswerTakenBack";
    this.answer = answer;
  }
}

const failures: Record<UpstreamFailureCode, TryFailure> = {
  CONNECT_FAILED: "connectFailure",
  CONNECT_TIMEOUT: "connectFailure",
  UPSTREAM_CLOSED: "reset",
  UPSTREAM_REFUSED: "refusedStream",
  UPSTREAM_PROTOCOL: "reset",
  UPSTREAM_TIMEOUT: "timeout",
};

/** How a try ended that brought no answer; undefined where that says nothing of the upstream. */
export function tryAnswerOf(error: unknown): TryAnswer | undefined {
  if (error instanceof AnswerTakenBack) return error.answer;
  if (error instanceof UpstreamFailure) return { status: 0, failure: failures[error.code] };
  if (!(error instanceof RequestFailure)) return undefined;
  switch (error.code) {
    case "TRY_TIMEOUT":
    case "DEADLINE_EXCEEDED":
      return { status: 0, failure: "timeout" };
    case "OVERFLOW":
      return { status: 0, failure: "overflow" };
    default:
      return undefined;
  }
}
