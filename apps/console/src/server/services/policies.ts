import { backendLists, type Mode, type ModeOrigin, windowOf } from "@weir/domain";
import type { DecisionsOfService, StoredPolicy } from "@weir/store";
import { decisionsOfService, versionTotals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { OfService } from "./of-service.ts";

type Verdict = Pick<DecisionsOfService, "verdict" | "mode" | "evaluated" | "wouldAct" | "acted">;

/** A policy that is about a service, or was when it decided about its requests. */
export interface ServicePolicy {
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** Absent: it is gone, and only what it decided is left. */
  readonly inForce?: { readonly mode: Mode; readonly origin: ModeOrigin };
  /** Where it sends requests to, list by list; of canaries and routes. */
  readonly splits: readonly {
    readonly path: string;
    readonly backends: readonly { readonly version: string; readonly weight: number }[];
  }[];
  /** What it decided, most frequent first. */
  readonly verdicts: readonly Verdict[];
}

/** Policies that touch a service with what they did in the window, and what its versions really got. */
export const policies = publicProcedure
  .input(OfService)
  .query(async ({ ctx, input: { service, window: text } }) => {
    const window = windowOf(text, ctx.now());
    const [stored, decisions, split] = await Promise.all([
      ctx.config.listPolicies(),
      decisionsOfService(ctx.sql, service, window),
      versionTotals(ctx.sql, service, window),
    ]);
    const own = stored.filter(
      ({ policy }) => policy.namespace === service.namespace && policy.targetRef === service.service,
    );
    return {
      policies: policiesOf(own, decisions),
      sent: split.versions.map(({ version, requests, share }) => ({ version, requests, share })),
    };
  });

/** Those in force by name, and after them those that are gone but decided in the window. */
export function policiesOf(
  stored: readonly StoredPolicy[],
  decisions: readonly DecisionsOfService[],
): ServicePolicy[] {
  const told = Map.groupBy(decisions, ({ namespace, policy }) => `${namespace}/${policy}`);
  const present = stored.map(({ policy, resolvedMode }): ServicePolicy => {
    const { namespace, name, kind } = policy;
    const key = `${namespace}/${name}`;
    const verdicts = told.get(key) ?? [];
    told.delete(key);
    return {
      ...{ namespace, name, kind, inForce: resolvedMode },
      splits: backendLists(policy).map(({ path, backends }) => ({
        path,
        backends: backends.map(({ version, weight }) => ({ version, weight })),
      })),
      verdicts: verdicts.map(verdictOf),
    };
  });
  const gone = [...told.values()].flatMap((rows): ServicePolicy[] => {
    const [first] = rows;
    if (!first) return [];
    const { namespace, policy: name, kind } = first;
    return [{ namespace, name, kind, splits: [], verdicts: rows.map(verdictOf) }];
  });
  return [...present, ...gone];
}

function verdictOf({ verdict, mode, evaluated, wouldAct, acted }: DecisionsOfService): Verdict {
  return { verdict, mode, evaluated, wouldAct, acted };
}
