import type { Workload } from "@weir/domain";
import { identityHeaders } from "@weir/domain/request-path";
import type { FieldEdit, Filter } from "./filter.ts";

const removal = Object.values(identityHeaders).map((name): FieldEdit => ({ op: "remove", name }));

/**
 * Tells the destination's sidecar who is calling, over whatever the application itself may have put there. To a
 * host outside of the mesh nothing is told: no sidecar there would take it off again.
 */
export function sendIdentity(workload: Workload): Filter {
  const edits: FieldEdit[] = [
    { op: "set", name: identityHeaders.sourceNamespace, value: workload.namespace },
    { op: "set", name: identityHeaders.sourceService, value: workload.service },
    { op: "set", name: identityHeaders.sourceVersion, value: workload.version },
  ];
  return { name: "send-identity", onRequest: ({ toService }) => (toService ? edits : removal) };
}

/** Takes the identity off again: the application must not see it, and nobody outside the mesh may learn it. */
export function stripIdentity(): Filter {
  return { name: "strip-identity", onRequest: () => removal };
}
