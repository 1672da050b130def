import type { GuardVerdict } from "@weir/rollout";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { guardName, guardShareWords } from "../view-model/check-words.ts";

/** A limit, and how near the canary is to it. */
export function GuardPart(verdict: GuardVerdict) {
  const { guard, tripped, observed, limit, above } = verdict;
  const share = above ? above.hits / above.requests : observed;
  const part = share === undefined ? 0 : Math.min(1, share / limit);
  const Icon = tripped ? ShieldAlert : ShieldCheck;
  return (
    <section aria-label={`Guard: ${guardName(guard)}`} className="flex flex-col gap-1.5 px-4 py-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="inline-flex items-center gap-1.5 font-medium">
          <Icon size={15} aria-hidden className={tripped ? "text-failing" : "text-ok"} />
          {guardName(guard)}
        </h3>
        <span className={`text-xs ${tripped ? "font-medium text-failing" : "text-muted"}`}>
          {guardShareWords(verdict)}
        </span>
      </header>
      <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-line">
        <span
          className={`block h-full ${tripped ? "bg-failing" : part > 0.7 ? "bg-degraded" : "bg-ok"}`}
          style={{ width: `${part * 100}%` }}
        />
      </span>
    </section>
  );
}
