import { partyOf } from "./exchange.ts";
import { forwardingHeaders } from "./filters/forwarding-headers.ts";
import { sendIdentity, stripIdentity } from "./filters/identity-headers.ts";
import type { SidecarParts } from "./sidecar-parts.ts";
import { answerFailures } from "./stages/answer-failures.ts";
import { applyFilters } from "./stages/apply-filters.ts";
import { balance } from "./stages/balance.ts";
import { decide } from "./stages/decide.ts";
import { findService } from "./stages/find-service.ts";
import { forward } from "./stages/forward.ts";
import { knownSource } from "./stages/identity.ts";
import { measure } from "./stages/measure.ts";
import { type Handler, stack } from "./stages/stage.ts";
import { traceContext } from "./stages/trace-context.ts";

/** The way of a request from the application to other services. `ownPort`: of the listener it came by. */
export function outbound(parts: SidecarParts, ownPort: () => number | undefined): Handler {
  const { mesh, random, additions } = parts;
  const filters = [
    additions.identity ? sendIdentity(parts.workload) : stripIdentity(),
    ...(additions.forwardingHeaders ? [forwardingHeaders()] : []),
  ];
  return stack(
    measure(parts.recorder), // outermost: what the caller saw is what counts, rescued answers included
    answerFailures(parts.log), // every failure below becomes one answer
    knownSource(partyOf(parts.workload)),
    traceContext({ enabled: additions.traceContext, ratio: parts.traceSampling, random }),
    findService({ mesh, ownPort }),
    decide(random), // all decisions are made here, once; before the filters, so that rules see the caller's fields
    applyFilters(filters),
    balance(random), // below the decision it carries out; a second endpoint is tried from here
  )(forward(parts.upstreams, parts.clock));
}
