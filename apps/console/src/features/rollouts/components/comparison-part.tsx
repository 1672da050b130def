import type { Compared, RolloutPlan } from "@weir/rollout";
import type { CoursePoint } from "@weir/store";
import type { Changes } from "../../../server/changes/list.ts";
import { formatSeconds } from "../../../ui/format/numbers.ts";
import { armWords, checkWords, intervalWords, powerWords } from "../view-model/check-words.ts";
import { IntervalBar } from "./interval-bar.tsx";
import { IntervalCourse } from "./interval-course.tsx";
import { VerdictBadge } from "./verdict-badge.tsx";

interface ComparisonPartProps {
  readonly compared: Compared;
  readonly plan: Pick<RolloutPlan, "canary" | "baseline">;
  readonly course: readonly CoursePoint[] | undefined;
  readonly changes: Changes | undefined;
}

/** One comparison: its verdict, the interval of the difference, both versions' counts, and what it could see. */
export function ComparisonPart({ compared, plan, course, changes }: ComparisonPartProps) {
  const { check, verdict, interval, slowMs, inStep, all } = compared;
  return (
    <section aria-label={checkWords[check].name} className="flex flex-col gap-2 px-4 py-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{checkWords[check].name}</h3>
        <VerdictBadge verdict={verdict} />
        <span className="text-muted">{intervalWords(interval, verdict)}</span>
      </header>
      <IntervalBar {...compared} />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-xs">
        {(["canary", "baseline"] as const).map((arm) => (
          <div key={arm} className="contents">
            <dt className="font-mono text-muted">{plan[arm]}</dt>
            <dd>
              {armWords(inStep[arm], check)} in this step
              {all[arm].requests > inStep[arm].requests && (
                <span className="text-muted">, {armWords(all[arm], check)} in all</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted text-xs">
        {slowMs !== undefined && `Slow is what took longer than ${formatSeconds(slowMs / 1_000)}. `}
        {powerWords(compared).join(" ")}
      </p>
      <EvidenceMeter {...compared} />
      {course && <IntervalCourse points={course} margin={compared.margin} changes={changes} />}
    </section>
  );
}

/** How far each of the two bets has come to what it must reach, on the scale that money grows on. */
function EvidenceMeter({ harm, safety }: Compared) {
  return (
    <div className="grid grid-cols-2 items-end gap-4 text-xs">
      <Meter label="for passing" of={safety} tone="bg-ok" />
      <Meter label="for taking back" of={harm} tone="bg-failing" />
    </div>
  );
}

interface MeterProps {
  readonly label: string;
  readonly of: Compared["harm"];
  readonly tone: string;
}

function Meter({ label, of: { evidence, wanted }, tone }: MeterProps) {
  const part = evidence <= 1 ? 0 : Math.min(1, Math.log(evidence) / Math.log(wanted));
  return (
    <div>
      <span className="flex justify-between gap-2 text-muted">
        <span>evidence {label}</span>
        <span className="shrink-0 font-mono">{Math.floor(part * 100)} %</span>
      </span>
      <span aria-hidden className="mt-0.5 block h-1 overflow-hidden rounded-full bg-line">
        <span className={`block h-full ${tone}`} style={{ width: `${part * 100}%` }} />
      </span>
    </div>
  );
}
