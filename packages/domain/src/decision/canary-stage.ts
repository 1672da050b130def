import { hashText } from "../match/hash-text.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import type { RequestReader } from "../match/request-reader.ts";
import type { CanarySpec, Sticky } from "../policy/canary.ts";
import { pickBackend } from "../policy/pick-backend.ts";
import type { Decision } from "./decision.ts";
import type { DecisionStage } from "./outcome-draft.ts";
import { byName, decisionOf, type PolicyFacts, untilEnforced } from "./policy-voice.ts";

interface CompiledCanary {
  readonly enforced: boolean;
  readonly backends: CanarySpec["backends"];
  /** A point in [0, 100); undefined where the request has nothing to stick to. */
  readonly pointOf: (request: RequestFacts) => number | undefined;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** Canaries in the order of their names: observed ones say what they would choose, the first enforced chooses. */
export function canaryStage(
  policies: readonly (PolicyFacts & CanarySpec)[],
  service: { readonly name: string; readonly stableVersion?: string | undefined },
  reader: RequestReader,
): DecisionStage {
  const canaries = untilEnforced([...policies].sort(byName)).map((policy): CompiledCanary => {
    const { backends, sticky } = policy;
    const reason = sticky ? `weights, sticky by ${stickyText(sticky)}` : "weights";
    const decisions = backends.map(({ version }): [string, Decision] => [
      version,
      decisionOf(policy, `version=${version}`, reason, version !== service.stableVersion),
    ]);
    return {
      enforced: policy.mode === "enforce",
      backends,
      pointOf: pointOf(sticky, service.name, reader),
      decisions: new Map(decisions),
    };
  });
  return (request, draft, random) => {
    for (const canary of canaries) {
      const version = pickBackend(canary.backends, canary.pointOf(request) ?? random() * 100);
      const decision = canary.decisions.get(version);
      if (decision) draft.decided(decision);
      if (canary.enforced) {
        draft.version = version;
        draft.pinned = true;
      }
    }
    return false;
  };
}

/** The service's name goes into the hash, so that the same users are not the first everywhere. */
function pointOf(
  sticky: Sticky | undefined,
  service: string,
  reader: RequestReader,
): (request: RequestFacts) => number | undefined {
  if (sticky === undefined) return () => undefined;
  const valueIn = stickyValue(sticky, reader);
  return (request) => {
    const value = valueIn(request);
    return value === undefined || value === "" ? undefined : (hashText(value + service) / 2 ** 32) * 100;
  };
}

function stickyValue(sticky: Sticky, reader: RequestReader): (request: RequestFacts) => string | undefined {
  if ("cookie" in sticky) return (request) => reader.cookie(request, sticky.cookie);
  if ("source" in sticky)
    return ({ source }) => (source.namespace === "" ? undefined : `${source.namespace}/${source.service}`);
  const name = sticky.header.toLowerCase();
  return (request) => request.header(name);
}

function stickyText(sticky: Sticky): string {
  if ("cookie" in sticky) return `cookie ${sticky.cookie}`;
  return "header" in sticky ? `header ${sticky.header}` : "source";
}
