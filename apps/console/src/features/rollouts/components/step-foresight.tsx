import type { ForeseenStep, Step } from "@weir/rollout";
import { Check, CircleHelp, Hourglass, TriangleAlert } from "lucide-react";
import { foresightWords, type Sufficiency } from "../view-model/foresight-words.ts";

const looks: Readonly<Record<Sufficiency, { Icon: typeof Check; tone: string; bar: string }>> = {
  enough: { Icon: Check, tone: "text-ok", bar: "bg-ok" },
  longer: { Icon: Hourglass, tone: "text-degraded", bar: "bg-degraded" },
  never: { Icon: TriangleAlert, tone: "text-degraded", bar: "bg-degraded" },
  unknown: { Icon: CircleHelp, tone: "text-muted", bar: "bg-line-strong" },
};

interface StepForesightProps {
  readonly step: Step;
  readonly foreseen: ForeseenStep | undefined;
  readonly canary: string;
}

/** What a step's time brings at the present rate, against what its verdict needs. */
export function StepForesight({ step, foreseen, canary }: StepForesightProps) {
  if (foreseen === undefined) return <span className="text-faint text-xs">not known</span>;
  const { sufficiency, verdict, requests, effects, part } = foresightWords(step, foreseen);
  const { Icon, tone, bar } = looks[sufficiency];
  return (
    <div className="flex flex-col gap-1 text-xs">
      <p>
        {canary} gets {requests}
      </p>
      {part !== undefined && (
        <span aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
          <span className={`block h-full ${bar}`} style={{ width: `${part * 100}%` }} />
        </span>
      )}
      <p className={`flex items-start gap-1 ${tone}`}>
        <Icon size={13} aria-hidden className="mt-px shrink-0" /> {verdict}
      </p>
      {effects.length > 0 && <p className="text-muted">finds {effects.join(", ")}</p>}
    </div>
  );
}
