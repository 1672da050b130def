import type { Compared } from "@weir/rollout";
import { intervalWords, pointsText } from "../view-model/check-words.ts";
import { intervalScale } from "../view-model/interval-scale.ts";

const heightPx = 30;

/** The difference canary less baseline that the evidence leaves open, beside nothing and the margin. */
export function IntervalBar({ interval, margin, verdict, all }: Compared) {
  const { reach, at } = intervalScale(margin, [interval.low, interval.high]);
  const percent = (difference: number) => `${(100 * at(difference)).toFixed(2)}%`;
  const tone =
    verdict === "worse" ? "bg-failing" : verdict === "not enough evidence" ? "bg-degraded" : "bg-ok";
  const { canary, baseline } = all;
  const seen =
    canary.requests > 0 && baseline.requests > 0
      ? canary.hits / canary.requests - baseline.hits / baseline.requests
      : undefined;
  const [left, right] = [at(interval.low), at(interval.high)];
  return (
    <figure className="min-w-0">
      <div
        role="img"
        aria-label={`Difference of the canary from the baseline: ${intervalWords(interval, verdict)}; the margin is ${pointsText(margin)} points`}
        className="relative overflow-hidden rounded-sm bg-sunken"
        style={{ height: heightPx }}
      >
        <span
          className="absolute inset-y-0 border-ok/60 border-r border-dashed bg-ok-soft/50"
          style={{ left: 0, width: percent(margin) }}
        />
        <span className="absolute inset-y-0 w-px bg-text" style={{ left: percent(0) }} />
        <span
          className={`absolute top-1/2 h-2.5 -translate-y-1/2 rounded-full ${tone}`}
          style={{ left: `${100 * left}%`, width: `max(4px, ${100 * (right - left)}%)` }}
        />
        {seen !== undefined && (
          <span
            className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rotate-45 border border-surface bg-text"
            style={{ left: percent(seen) }}
          />
        )}
      </div>
      <div aria-hidden className="relative mt-0.5 h-4 font-mono text-[0.6875rem] text-faint">
        <span className="absolute left-0">{pointsText(-reach)}</span>
        <span className="absolute -translate-x-1/2" style={{ left: percent(0) }}>
          0
        </span>
        <span
          className="absolute -translate-x-1/2 whitespace-nowrap text-ok"
          style={{ left: percent(margin) }}
        >
          {pointsText(margin)}
        </span>
        <span className="absolute right-0">{pointsText(reach)}</span>
      </div>
    </figure>
  );
}
