import type { Mode, ModeOrigin, WeightedBackend } from "@weir/domain";
import { formatRate, formatShare } from "../../../ui/format/numbers.ts";
import type { Weights } from "./weights.ts";

export interface CanaryFacts {
  readonly namespace: string;
  readonly service: string;
  /** Absent: the service has no canary policy. */
  readonly weights: Weights | undefined;
  readonly stableVersion: string | undefined;
  readonly mode: Mode;
  readonly origin: ModeOrigin;
  /** Requests a second to the service. */
  readonly rps: number;
  /** Requests of the last moments, by version; empty when there were none. */
  readonly recent: readonly { readonly version: string; readonly requests: number }[];
}

/** The state of a canary in one sentence of plain words, with the reason where traffic does not follow it. */
export function canarySentence(facts: CanaryFacts): string {
  const { service, weights, stableVersion, mode } = facts;
  if (!weights)
    return `${service} has no canary: ${stableVersion ?? "no version"} takes all of its ${formatRate(facts.rps)}.`;
  const verb = mode === "enforce" ? "takes" : "would take";
  const candidates = candidatesOf(weights, stableVersion);
  const shares = candidates.map(
    ({ version, weight }, i) => `${version}${i === 0 ? ` ${verb}` : ""} ${formatShare(weight / 100)}`,
  );
  const rate = facts.rps > 0 ? ` of ${formatRate(facts.rps)}` : "";
  return `${service} ${listText(shares)}${rate}; ${observedText(facts, candidates)}.`;
}

/** Why a mode is in force: the level that set it, as the end of a sentence. */
export function originText(facts: Pick<CanaryFacts, "namespace" | "service" | "mode" | "origin">): string {
  const { mode } = facts;
  switch (facts.origin) {
    case "hold":
      return "the mesh is on hold";
    case "mesh":
      return `the whole mesh is in ${mode}`;
    case "namespace":
      return `namespace ${facts.namespace} is in ${mode}`;
    case "service":
      return `${facts.service} is in ${mode}`;
    case "policy":
      return `the policy itself is in ${mode}`;
  }
}

/** The versions the canary is about: all but the stable one. */
export function candidatesOf(
  weights: Weights,
  stableVersion: string | undefined,
): readonly WeightedBackend[] {
  const others = weights.filter((backend) => backend.version !== stableVersion);
  const weighted = others.filter((backend) => backend.weight > 0);
  if (weighted.length > 0) return weighted;
  return others.length > 0 ? others : weights;
}

function observedText(facts: CanaryFacts, candidates: readonly WeightedBackend[]): string {
  const total = facts.recent.reduce((sum, { requests }) => sum + requests, 0);
  if (total === 0) return "no requests in the last minute to observe it by";
  const shares = candidates.map(({ version }) => {
    const requests = facts.recent.find((row) => row.version === version)?.requests ?? 0;
    return `${candidates.length > 1 ? `${version} ` : ""}${formatShare(requests / total)}`;
  });
  const because = facts.mode === "observe" ? ` because ${originText(facts)}` : "";
  return `observed now ${listText(shares)}${because}`;
}

function listText(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
