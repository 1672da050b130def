import type { Verdict } from "@weir/rollout";
import { CircleCheck, CircleX, Hourglass } from "lucide-react";

const looks: Readonly<Record<Verdict, { readonly Icon: typeof Hourglass; readonly tone: string }>> = {
  better: { Icon: CircleCheck, tone: "bg-ok-soft text-ok" },
  "no worse": { Icon: CircleCheck, tone: "bg-ok-soft text-ok" },
  worse: { Icon: CircleX, tone: "bg-failing-soft text-failing" },
  "not enough evidence": { Icon: Hourglass, tone: "bg-degraded-soft text-degraded" },
};

/** What a comparison says, as a sign with its words. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { Icon, tone } = looks[verdict];
  return (
    <span
      className={`inline-flex h-6 shrink-0 items-center gap-1 whitespace-nowrap rounded-md px-2 font-medium text-xs ${tone}`}
    >
      <Icon size={13} aria-hidden />
      {verdict}
    </span>
  );
}
