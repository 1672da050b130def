import type { MeshConfig, RouteRule } from "@weir/domain";
import type { DecisionsByEdge, EdgeEnd, ServiceSummary } from "@weir/store";
import { amplificationOf, chainAmplifications, notableAmplification } from "./amplification.ts";
import type { MapEdge, MapNode, MapView } from "./topology-view.ts";

/** What policies and sidecars do to requests, as far as a map shows it. */
export const markKinds = [
  ...(["canary", "mirror", "fault", "retry", "timeout"] as const),
  ...(["breaker", "limit", "denied"] as const),
] as const;
export type MarkKind = (typeof markKinds)[number];

export interface MapMark {
  readonly kind: MarkKind;
  /** It changes requests; else it is observed, and only counted. */
  readonly acts: boolean;
  /** How many it changed or, observed, would have; absent for what is configured and not counted. */
  readonly requests?: number;
  /** Of retries that act: tries at the destination for each request; absent where it is next to one. */
  readonly amplification?: number;
  /** The same for each request at the beginning of the chain of calls that amplifies most; absent: no more than here. */
  readonly chain?: number;
}

type Policies = MeshConfig["policies"];

/**
 * The view with its marks: on services what their policies are for, on edges what was decided about their requests and
 * what response flags tell, which other meshes' sidecars raise as well.
 *
 * @param placeOf names the node that an end belongs to.
 */
export function withMarks<V extends MapView>(
  view: V,
  decisions: readonly DecisionsByEdge[],
  policies: Policies,
  services: readonly ServiceSummary[],
  placeOf: (end: EdgeEnd) => string,
): V {
  const modes = new Map(services.map((own) => [`${own.namespace}/${own.name}`, own.resolvedMode]));
  const byEdge = Map.groupBy(decisions, (own) => `${placeOf(own.source)}~${placeOf(own.destination)}`);
  const chains = chainAmplifications(view.edges);
  const byTarget = Map.groupBy(policies, (policy) => `${policy.namespace}/${policy.targetRef}`);
  return {
    ...view,
    nodes: view.nodes.map((node): MapNode => {
      if (node.kind === "namespace") return node;
      const id = `${node.namespace}/${node.name}`;
      return marked(node, configured(byTarget.get(id) ?? [], modes.get(id)));
    }),
    edges: view.edges.map((edge) => {
      const own = byEdge.get(edge.id);
      const isPlain = own === undefined && edge.resends === undefined && !hasFlags(edge); // as are most
      return isPlain ? edge : marked(edge, edgeMarks(edge, own ?? [], chains));
    }),
  };
}

function marked<T extends MapNode | MapEdge>(of: T, marks: readonly MapMark[]): T {
  return marks.length > 0 ? { ...of, marks } : of;
}

function hasFlags({ flags }: MapEdge): boolean {
  for (const _ in flags) return true;
  return false;
}

function configured(policies: Policies, mode: ServiceSummary["resolvedMode"] | undefined): MapMark[] {
  const acting = new Map<MarkKind, boolean>();
  for (const policy of policies) {
    const acts = mode?.origin !== "hold" && (policy.mode ?? mode?.mode) === "enforce";
    for (const kind of kindsOf(policy)) acting.set(kind, (acting.get(kind) ?? false) || acts);
  }
  return inOrder(Array.from(acting, ([kind, acts]) => ({ kind, acts })));
}

/** Retries, timeouts, limits and access rules are common, and show where they do something: on edges. */
function kindsOf(policy: Policies[number]): MarkKind[] {
  switch (policy.kind) {
    case "canary":
      return policy.mirror ? ["canary", "mirror"] : ["canary"];
    case "circuitBreaker":
    case "outlierDetection":
      return ["breaker"];
    case "route": {
      const some = (has: (rule: RouteRule) => unknown) =>
        policy.rules.some((rule) => has(rule) !== undefined);
      return [
        ...(some(({ fault }) => fault) ? (["fault"] as const) : []),
        ...(some(({ mirror }) => mirror) ? (["mirror"] as const) : []),
      ];
    }
    default:
      return [];
  }
}

function edgeMarks(
  edge: MapEdge,
  decisions: readonly DecisionsByEdge[],
  chains: ReadonlyMap<string, number>,
): MapMark[] {
  const marks = counted(edge, decisions);
  const amplification = amplificationOf(edge);
  if (amplification < notableAmplification) return marks;
  const chain = chains.get(edge.id);
  const told = { amplification, ...(chain !== undefined && { chain }) };
  const isRetry = ({ kind, acts }: MapMark) => kind === "retry" && acts;
  if (marks.some(isRetry)) return marks.map((mark) => (isRetry(mark) ? { ...mark, ...told } : mark));
  // Tried again, though no decision of a policy is known: those of another window's end, or of another mesh.
  const others = marks.filter(({ kind }) => kind !== "retry");
  return inOrder([...others, { kind: "retry", acts: true, ...told }]);
}

function counted(edge: MapEdge, decisions: readonly DecisionsByEdge[]): MapMark[] {
  const found = new Map<MarkKind, MapMark & { readonly requests: number }>();
  const add = (kind: MarkKind, acts: boolean, requests: number) => {
    const known = found.get(kind);
    // A policy that acts hides what others would have done.
    if (requests <= 0 || (known?.acts && !acts)) return;
    found.set(kind, { kind, acts, requests: requests + (known?.acts === acts ? known.requests : 0) });
  };
  for (const { kind, verdict, acted, wouldAct } of decisions)
    for (const own of kindsOfVerdict(kind, verdict)) add(own, acted > 0, acted > 0 ? acted : wouldAct);
  // Where Weir's own policies acted, their decisions have counted the requests that carry the flag.
  const decided = new Set([...found.values()].filter(({ acts }) => acts).map(({ kind }) => kind));
  for (const [flag, requests] of Object.entries(edge.flags)) {
    const kind = Object.hasOwn(kindOfFlag, flag) ? kindOfFlag[flag] : undefined;
    if (kind && !decided.has(kind)) add(kind, true, requests);
  }
  return inOrder([...found.values()]);
}

function kindsOfVerdict(policy: string, verdict: string): MarkKind[] {
  switch (policy) {
    case "circuitBreaker":
    case "outlierDetection":
      return ["breaker"];
    case "rateLimit":
      return ["limit"];
    case "authorization":
      return ["denied"];
    default:
      return verdict.split(", ").flatMap((part) => kindOfPart[part.split("=")[0] ?? ""] ?? []);
  }
}

const kindOfPart: Readonly<Record<string, MarkKind>> = {
  ...{ delay: "fault", abort: "fault", mirror: "mirror", retry: "retry", timeout: "timeout" },
};

/** Envoy's response flags, Weir's `RBAC` and Envoy's own `UAEX` for a refusal. */
const kindOfFlag: Readonly<Record<string, MarkKind>> = {
  ...{ UO: "breaker", DI: "fault", FI: "fault", RL: "limit", RLSE: "limit", UT: "timeout" },
  ...{ URX: "retry", RBAC: "denied", UAEX: "denied" },
};

function inOrder(marks: readonly MapMark[]): MapMark[] {
  return marks.toSorted((a, b) => markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind));
}
