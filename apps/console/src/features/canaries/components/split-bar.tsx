import type { ReactNode } from "react";
import { formatShare } from "../../../ui/format/numbers.ts";

interface SplitBarProps {
  /** What the bar shows, such as "Assigned". */
  readonly label: string;
  readonly parts: readonly { readonly version: string; readonly share: number }[];
  hueOf(version: string): string;
  /** Only would happen: drawn hollow. */
  readonly hollow?: boolean;
  /** Instead of a bar where there is nothing to show. */
  readonly empty?: string;
}

/** Bars below each other, their names, bars and numbers in line. */
export function SplitBars({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5 text-xs sm:grid-cols-[auto_1fr_auto]">
      {children}
    </div>
  );
}

/** Shares of versions as one bar with their numbers. Hollow is what only would be, solid what is. */
export function SplitBar({ label, parts, hueOf, hollow, empty }: SplitBarProps) {
  const text = parts.map(({ version, share }) => `${version} ${formatShare(share)}`).join(", ");
  if (parts.length === 0)
    return (
      <div className="col-span-full grid grid-cols-subgrid">
        <span className="text-faint">{label}</span>
        <span className="text-muted">{empty}</span>
      </div>
    );
  return (
    <div
      role="img"
      aria-label={`${label}: ${text}`}
      className="col-span-full grid grid-cols-subgrid items-center"
    >
      <span className="text-faint">{label}</span>
      <span className="flex h-3 min-w-0 gap-px overflow-hidden rounded-sm bg-sunken">
        {parts.map(({ version, share }) => (
          <span
            key={version}
            className="transition-[width] duration-(--shift)"
            style={{
              width: `${share * 100}%`,
              border: share > 0 ? `1px solid ${hueOf(version)}` : "none",
              background: hollow
                ? `color-mix(in srgb, ${hueOf(version)} 14%, var(--surface))`
                : hueOf(version),
            }}
          />
        ))}
      </span>
      <span className="flex flex-wrap gap-x-4 font-mono max-sm:col-start-2">
        {parts.map(({ version, share }) => (
          <span key={version} className="inline-flex items-center gap-1 sm:min-w-18">
            <span className="size-2 shrink-0 rounded-sm" style={{ background: hueOf(version) }} />
            {version}
            <span className="grow text-right">{formatShare(share)}</span>
          </span>
        ))}
      </span>
    </div>
  );
}
