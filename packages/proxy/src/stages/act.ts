import type { RequestAction } from "@weir/domain/request-path";
import type { Exchange } from "../exchange.ts";
import { editHeaders } from "../filters/header-edits.ts";
import { RequestFailure } from "../request-failure.ts";
import { type Answer, rescue } from "../rescue.ts";
import { answerHere } from "./answer-failures.ts";
import type { Stage } from "./stage.ts";

/**
 * Does to the request what enforced policies ask for: answers it here, or changes what the upstream gets. In observe
 * there is nothing to do, and what is below sees what a plain proxy would. Delay, timeout, retry
 * and mirror have stages of their own.
 */
export const act: Stage = (next) => (exchange) => {
  const { action } = exchange;
  if (action === undefined) return next(exchange);
  const answer = answerOf(action);
  if (answer) {
    answerHere(exchange, answer);
    return done;
  }
  if (action.requestHeaders) editHeaders(exchange.fields, action.requestHeaders);
  if (action.rewrite) rewrite(exchange, action.rewrite);
  return next(exchange);
};

const done = Promise.resolve();

/** The answer that a policy gives in place of an upstream; undefined: none does. */
function answerOf({ refuse, redirect, fault, responseHeaders }: RequestAction): Answer | undefined {
  if (refuse) return refuse.by === "authorization" ? denied : limited;
  if (fault?.abort)
    return "status" in fault.abort
      ? { ...aborted, status: fault.abort.status }
      : { ...aborted, grpcStatus: fault.abort.grpcStatus };
  return redirect && { ...redirect, flag: "", message: "", close: false, headers: responseHeaders };
}

/** Made once: refusing must cost less than serving. */
const denied = rescue(new RequestFailure("DENIED", "not allowed by policy"));
const limited = rescue(new RequestFailure("LIMITED", "too many requests"));
const aborted: Answer = {
  status: 503,
  flag: "FI",
  message: "aborted by a fault that a policy injects",
  close: false,
};

/** The query stays as it came, and so does what is told of the request. */
function rewrite(exchange: Exchange, { path, host }: NonNullable<RequestAction["rewrite"]>): void {
  if (path !== undefined) exchange.target = exchange.query === "" ? path : `${path}?${exchange.query}`;
  if (host !== undefined) exchange.fields.set("Host", host);
}
