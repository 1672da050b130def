import { partyOf } from "./exchange.ts";
import { forwardingHeaders } from "./filters/forwarding-headers.ts";
import { sendIdentity, stripIdentity } from "./filters/identity-headers.ts";
import { grpcDeadline } from "./grpc/grpc-deadline.ts";
import type { SidecarParts } from "./sidecar-parts.ts";
import { act } from "./stages/act.ts";
import { answerFailures } from "./stages/answer-failures.ts";
import { applyFilters } from "./stages/apply-filters.ts";
import { balance } from "./stages/balance.ts";
import { breaker } from "./stages/breaker.ts";
import { deadline } from "./stages/deadline.ts";
import { decide } from "./stages/decide.ts";
import { delayFault } from "./stages/fault.ts";
import { findService } from "./stages/find-service.ts";
import { forward } from "./stages/forward.ts";
import { knownSource } from "./stages/identity.ts";
import { judged } from "./stages/judge.ts";
import { measure } from "./stages/measure.ts";
import { mirror } from "./stages/mirror.ts";
import { retry } from "./stages/retry.ts";
import { type Handler, stack } from "./stages/stage.ts";
import { traceContext } from "./stages/trace-context.ts";

/** The way of a request from the application to other services. `ownPort`: of the listener it came by. */
export function outbound(parts: SidecarParts, ownPort: () => number | undefined): Handler {
  const { mesh, random, additions, clock } = parts;
  const filters = [
    additions.identity ? sendIdentity(parts.workload) : stripIdentity(),
    ...(additions.forwardingHeaders ? [forwardingHeaders()] : []),
  ];
  return stack(
    measure(judged(parts.recorder, clock)), // outermost: what the caller saw is what counts, rescued answers included
    answerFailures(parts), // every failure below becomes one answer
    knownSource(partyOf(parts.workload)),
    traceContext({ enabled: additions.traceContext, ratio: parts.traceSampling, random }),
    findService({ mesh, ownPort }),
    // All decisions are made here, once; before the filters, so that rules see the caller's fields.
    decide({ clock, random, deciderOf: ({ service }) => service?.decider }),
    grpcDeadline, // outside of all that may take time
    delayFault, // above `act`, whose abort comes after the delay
    act, // in observe nothing below differs from a plain proxy
    applyFilters(filters),
    mirror({ ...parts, random }), // below the filters: the copy has what the request has
    deadline, // outside of retry: its tries share one timeout
    retry(random),
    breaker, // below retry: each try takes a place of its own
    balance({ clock, ejected: parts.ejected }), // below the decision it carries out; each try picks anew
  )(forward(parts));
}
