import { type CountRange, lessOthers, type PreviewEffect, sumOfRanges, unionOfRanges } from "@weir/domain";
import type { EdgeOutlook, EffectCount, PolicyOutlook } from "./observed-schemas.ts";
import { byGravity } from "./policy-outlook.ts";

/** What one policy says of an edge. */
interface Part extends EffectCount {
  /** Policies that refuse the very same requests have the same one. */
  readonly voice: string;
}

/** One caller's requests to one service, with what each policy says of them. */
interface Edge {
  readonly source: EdgeOutlook["source"];
  readonly destination: EdgeOutlook["destination"];
  readonly parts: readonly Part[];
}

/**
 * The policies' outlooks put together by caller and service. A request that two policies change is one request: where
 * it is not known how many they share, the numbers are bounds.
 *
 * @param requestsOf tells how many went from one service (`namespace/name`) to another, whether or not they were judged.
 * @param isAllow whether a policy is an authorization of action `allow`: of these, all refuse or none does.
 */
export function edgeOutlooks(
  policies: readonly PolicyOutlook[],
  requestsOf: (source: string, destination: string) => number,
  isAllow: (policy: PolicyOutlook) => boolean,
): EdgeOutlook[] {
  const edges = edgesOf(policies, isAllow);
  const arriving = Map.groupBy(edges, ({ destination }) => idOf(destination));
  const judged = judgedByEdge(policies);
  return edges
    .map((edge): EdgeOutlook => {
      const { source, destination, parts } = edge;
      const counted = requestsOf(idOf(source), idOf(destination));
      // Sidecars tell of a rule and of what its answer came to at different moments.
      const requests = Math.max(
        judgedTogether(judged.get(edgeOf(source, destination))!, counted),
        ...parts.map(most),
      );
      const others = arriving.get(idOf(destination))!.filter((other) => other !== edge);
      const deniedOthers = sumOfRanges(others.flatMap((other) => other.parts.filter(isDenied)));
      return { source, destination, requests, ...together(parts, requests, deniedOthers) };
    })
    .sort((a, b) => most(b.refused) - most(a.refused) || most(b.touched) - most(a.touched));
}

/** How many requests of an edge each policy has judged: also those that would have changed none of them. */
interface Judged {
  readonly isActing: boolean;
  readonly requests: number;
}

function judgedByEdge(policies: readonly PolicyOutlook[]): Map<string, Judged[]> {
  const all = policies.flatMap(({ namespace, targetRef: service, inForce, callers }) =>
    callers.map((caller) => ({
      edge: edgeOf(caller, { namespace, service }),
      isActing: inForce.mode === "enforce",
      requests: caller.judged,
    })),
  );
  return Map.groupBy(all, ({ edge }) => edge);
}

/**
 * Policies that observe to this day have judged the same requests, the older ones more of them. What one judged that acts
 * by now were others in part, nobody knows how many: as many as there may be.
 */
function judgedTogether(judged: readonly Judged[], counted: number): number {
  const most = Math.max(...judged.map(({ requests }) => requests));
  const acting = judged.filter(({ isActing }) => isActing);
  const observing = judged.filter(({ isActing }) => !isActing);
  const apart =
    Math.max(0, ...observing.map(({ requests }) => requests)) +
    acting.reduce((sum, { requests }) => sum + requests, 0);
  return Math.max(most, Math.min(counted, apart));
}

function edgesOf(policies: readonly PolicyOutlook[], isAllow: (policy: PolicyOutlook) => boolean): Edge[] {
  const said = policies.flatMap((policy) =>
    policy.callers
      .filter(({ effects }) => effects.length > 0)
      .map(({ namespace, service, effects }) => ({
        source: { namespace, service },
        destination: { namespace: policy.namespace, service: policy.targetRef },
        parts: effects.map(
          (effect): Part => ({ ...effect, voice: voiceOf(policy, effect, isAllow(policy)) }),
        ),
      })),
  );
  const byEdge = Map.groupBy(said, ({ source, destination }) => edgeOf(source, destination));
  return [...byEdge.values()].map((own) => ({ ...own[0]!, parts: own.flatMap(({ parts }) => parts) }));
}

function voiceOf({ name }: PolicyOutlook, { effect }: EffectCount, isAllow: boolean): string {
  return isAllow && effect === "denied" ? "no rule allows it" : `policy ${name}`;
}

/** @param deniedOthers requests of other callers, which would have left their tokens to these. */
function together(
  parts: readonly Part[],
  requests: number,
  deniedOthers: CountRange,
): Pick<EdgeOutlook, "effects" | "refused" | "touched"> {
  const ranges = new Map<PreviewEffect, CountRange>();
  for (const [effect, own] of Map.groupBy(parts, (part) => part.effect))
    ranges.set(effect, ofEffect(own, requests));
  const of = (...effects: PreviewEffect[]) => effects.flatMap((effect) => ranges.get(effect) ?? []);
  const limited = of("limited").map((range) => lessOthers(range, deniedOthers));
  const notLimited = [...ranges].flatMap(([effect, range]) => (effect === "limited" ? [] : range));
  const answered = sumOfRanges(of("redirected", "faulted"));
  const absent = sumOfRanges([answered, ...of("overflowed")]);
  const before: Partial<Record<PreviewEffect, CountRange>> = {
    denied: absent,
    limited: sumOfRanges([absent, deniedOthers, ...of("denied")]),
  };
  return {
    effects: Array.from(ranges, ([effect, range]) => ({
      effect,
      ...lessOthers(range, before[effect] ?? noRequests),
    })).sort(byGravity),
    refused: lessOthers(unionOfRanges([...of("denied", "overflowed"), ...limited], requests), answered),
    touched: unionOfRanges([...notLimited, ...limited], requests),
  };
}

const noRequests: CountRange = { atLeast: 0, atMost: 0 };

function isDenied({ effect }: EffectCount): boolean {
  return effect === "denied";
}

/** Verdicts of one policy are about different requests; policies may be about the same. */
function ofEffect(parts: readonly Part[], requests: number): CountRange {
  const voices = [...Map.groupBy(parts, ({ voice }) => voice)].map(([voice, own]) =>
    voice.startsWith("policy ") ? sumOfRanges(own) : own.reduce(greater),
  );
  return voices.length === 1 ? voices[0]! : unionOfRanges(voices, requests);
}

function greater<R extends CountRange>(a: R, b: R): R {
  return most(b) > most(a) ? b : a;
}

function most({ atLeast, atMost = atLeast }: CountRange): number {
  return atMost;
}

function edgeOf(source: EdgeOutlook["source"], destination: EdgeOutlook["destination"]): string {
  return `${idOf(source)}~${idOf(destination)}`;
}

function idOf({ namespace, service }: { readonly namespace: string; readonly service: string }): string {
  return `${namespace}/${service}`;
}
