import { identityHeaders, outsideMesh } from "@weir/domain/request-path";
import type { Party } from "../exchange.ts";
import type { Fields } from "../http1/fields.ts";
import type { Stage } from "./stage.ts";

/** The source is this sidecar's own workload, whatever the application says. */
export const knownSource =
  (source: Party): Stage =>
  (next) =>
  (exchange) => {
    exchange.source = source;
    return next(exchange);
  };

/** The source is who the caller's sidecar says it is; without one, the caller is outside of the mesh. */
export const readIdentity =
  (destination: Party): Stage =>
  (next) => {
    const known = new Map<string, Party>();
    return (exchange) => {
      exchange.source = identityOf(exchange.fields, known);
      exchange.destination = destination;
      return next(exchange);
    };
  };

/** Callers whose names are kept, so that each is the same object every time; more are still told apart. */
const maxKnown = 2000;

const namePattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const versionPattern = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Names of any other form come from no sidecar, and must not become names of metrics. */
function identityOf(fields: Fields, known: Map<string, Party>): Party {
  const service = fields.get(identityHeaders.sourceService);
  if (service === undefined) return outsideMesh;
  const namespace = fields.get(identityHeaders.sourceNamespace) ?? "";
  const version = fields.get(identityHeaders.sourceVersion) ?? "";
  const key = `${namespace}/${service}/${version}`;
  const before = known.get(key);
  if (before) return before;
  if (!namePattern.test(service) || !namePattern.test(namespace) || !versionPattern.test(version))
    return outsideMesh;
  const party = { namespace, service, version };
  if (known.size < maxKnown) known.set(key, party);
  return party;
}
