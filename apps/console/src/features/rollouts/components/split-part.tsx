import type { SampleRatioVerdict } from "@weir/rollout";
import { Check, TriangleAlert } from "lucide-react";
import { formatShare } from "../../../ui/format/numbers.ts";

/** The canary's share of the requests against the one it was assigned. */
export function SplitPart({ split }: { split: SampleRatioVerdict }) {
  const { observed = 0, assigned = 0, tolerance, mismatch } = split;
  const top = Math.min(1, Math.max(observed, assigned * (1 + tolerance)) * 1.25 || 1);
  const percent = (share: number) => `${((100 * share) / top).toFixed(2)}%`;
  return (
    <section aria-label="Sample ratio" className="flex flex-col gap-2 px-4 py-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">Sample ratio</h3>
        <span
          className={`inline-flex items-center gap-1 text-xs ${mismatch ? "font-medium text-failing" : "text-ok"}`}
        >
          {mismatch ? <TriangleAlert size={13} aria-hidden /> : <Check size={13} aria-hidden />}
          {mismatch ? "differs from what was assigned" : "as assigned"}
        </span>
        <span className="text-muted text-xs">
          {formatShare(observed)} of the requests came to the canary, {formatShare(assigned)} were assigned
        </span>
      </header>
      <div aria-hidden className="relative h-3 overflow-hidden rounded-sm bg-sunken">
        <span
          className="absolute inset-y-0 bg-ok-soft"
          style={{ left: percent(assigned * (1 - tolerance)), width: percent(2 * tolerance * assigned) }}
        />
        <span className="absolute inset-y-0 w-px bg-text" style={{ left: percent(assigned) }} />
        <span
          className={`absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rotate-45 ${mismatch ? "bg-failing" : "bg-accent"}`}
          style={{ left: percent(observed) }}
        />
      </div>
    </section>
  );
}
