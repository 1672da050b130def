import { partyOf } from "./exchange.ts";
import { forwardingHeaders } from "./filters/forwarding-headers.ts";
import { stripIdentity } from "./filters/identity-headers.ts";
import { grpcDeadline } from "./grpc/grpc-deadline.ts";
import type { UpstreamAddress } from "./http1/upstream-pool.ts";
import type { SidecarParts } from "./sidecar-parts.ts";
import { act } from "./stages/act.ts";
import { answerFailures } from "./stages/answer-failures.ts";
import { applyFilters } from "./stages/apply-filters.ts";
import { decide } from "./stages/decide.ts";
import { forward } from "./stages/forward.ts";
import { readIdentity } from "./stages/identity.ts";
import { judged } from "./stages/judge.ts";
import { measure } from "./stages/measure.ts";
import { type Handler, stack } from "./stages/stage.ts";
import { toApplication } from "./stages/to-application.ts";
import { traceContext } from "./stages/trace-context.ts";

/** The way of a request from other services, or from outside of the mesh, to the application at `app`. */
export function inbound(parts: SidecarParts, app: UpstreamAddress): Handler {
  const { additions, clock, random, mesh, workload } = parts;
  const ownHost = `${workload.service}.${workload.namespace}`;
  const protocol = () => mesh.current.servicesByHost.get(ownHost)?.protocol ?? "http";
  const filters = [stripIdentity(), ...(additions.forwardingHeaders ? [forwardingHeaders()] : [])];
  return stack(
    measure(judged(parts.recorder, clock)), // outermost: what the caller saw is what counts, rescued answers included
    answerFailures(parts), // every failure below becomes one answer
    readIdentity(partyOf(parts.workload)), // above the filter that takes the identity off
    traceContext({ enabled: additions.traceContext, ratio: parts.traceSampling, random }),
    toApplication(app, protocol), // above the decision, which is about the target that it reads
    // Who may come in and how often, judged where the identity has just been told and cannot be lost on the way.
    decide({ clock, random, deciderOf: () => mesh.current.admission }),
    act,
    grpcDeadline,
    applyFilters(filters),
  )(forward(parts));
}
