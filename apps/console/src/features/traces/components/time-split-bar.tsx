import { formatNs, formatShare } from "../../../ui/format/numbers.ts";
import type { TimeSplit } from "../view-model/time-split.ts";

/** Where time went, as a bar of three tones, each with its name and number; the critical path's unless `label` says other. */
export function TimeSplitBar({ split, label = "Critical path" }: { split: TimeSplit; label?: string }) {
  const total = split.applicationNs + split.sidecarNs + split.networkNs;
  if (total === 0) return null;
  const parts = [
    { name: "application", ns: split.applicationNs, tone: "bg-text" },
    { name: "sidecar", ns: split.sidecarNs, tone: "bg-accent" },
    { name: "network", ns: split.networkNs, tone: "bg-line-strong" },
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        <span aria-hidden className="flex h-2 w-32 gap-px overflow-hidden rounded-sm">
          {parts.map(({ name, ns, tone }) => (
            <span key={name} className={`${tone} min-w-px`} style={{ width: `${(100 * ns) / total}%` }} />
          ))}
        </span>
        {parts.map(({ name, ns, tone }) => (
          <span key={name} className="inline-flex items-center gap-1 whitespace-nowrap">
            <span aria-hidden className={`size-2 rounded-sm ${tone}`} />
            {name} <span className="font-mono">{formatNs(ns)}</span>
            <span className="text-faint">{formatShare(ns / total)}</span>
          </span>
        ))}
      </dd>
    </div>
  );
}
