import type { Policy } from "@weir/domain";
import { asksTraffic, judgeByTraffic } from "../policies/judge-by-traffic.ts";
import type { Context } from "../trpc.ts";
import type { TrafficFacts } from "./mesh-facts.ts";
import { within } from "./within.ts";

export interface TrafficFactsSettings {
  /** No further service is read after so long; what was read is good for some seconds, so that the next one who asks gets further. */
  readonly budgetMs: number;
  readonly clock?: () => number;
}

/** Judges policies by the requests of late, service after service, as far as there is time. */
export async function readTrafficFacts(
  ctx: Context,
  policies: readonly Policy[],
  { budgetMs, clock = () => performance.now() }: TrafficFactsSettings,
): Promise<TrafficFacts> {
  const judge = judgeByTraffic(ctx, policies);
  const findings: TrafficFacts["findings"][number][] = [];
  const asked = policies.filter(asksTraffic).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const untilMs = clock() + budgetMs;
  for (const [at, policy] of asked.entries()) {
    const leftMs = untilMs - clock();
    const found = leftMs > 0 ? await within(leftMs, judge(policy)) : undefined;
    if (found === undefined) return { findings, unread: asked.length - at };
    for (const finding of found) findings.push({ policy, finding });
  }
  return { findings, unread: 0 };
}

/** Policies of one service stand together, so that its log is read once. */
function placeOf({ namespace, targetRef, name }: Policy): string {
  return `${namespace}/${targetRef}/${name}`;
}
