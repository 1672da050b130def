import { formatShare } from "../../../ui/format/numbers.ts";

interface SplitBarProps {
  /** What the bar shows, such as "assigned". */
  readonly label: string;
  readonly parts: readonly { readonly version: string; readonly share: number }[];
  hueOf(version: string): string;
  /** Only would happen: drawn hollow. */
  readonly hollow?: boolean;
  /** Instead of a bar where there is nothing to show. */
  readonly empty?: string;
}

/** Shares of versions as one bar with their numbers. Hollow is what only would be, solid what is. */
export function SplitBar({ label, parts, hueOf, hollow, empty }: SplitBarProps) {
  const text = parts.map(({ version, share }) => `${version} ${formatShare(share)}`).join(", ");
  return (
    <div className="grid grid-cols-[6.5rem_1fr] items-center gap-x-3 text-xs">
      <span className="text-faint">{label}</span>
      {parts.length === 0 ? (
        <span className="text-muted">{empty}</span>
      ) : (
        <span role="img" aria-label={`${label}: ${text}`} className="flex min-w-0 items-center gap-3">
          <span className="flex h-3 grow gap-px overflow-hidden rounded-sm">
            {parts.map(({ version, share }) => (
              <span
                key={version}
                className="border transition-[width] duration-(--shift)"
                style={{
                  width: `${share * 100}%`,
                  borderWidth: share > 0 ? 1 : 0,
                  borderColor: hueOf(version),
                  background: hollow
                    ? `color-mix(in srgb, ${hueOf(version)} 14%, transparent)`
                    : hueOf(version),
                }}
              />
            ))}
          </span>
          <span className="flex shrink-0 flex-wrap gap-x-3 font-mono">
            {parts.map(({ version, share }) => (
              <span key={version} className="inline-flex items-center gap-1">
                <span className="size-2 rounded-sm" style={{ background: hueOf(version) }} />
                {version} {formatShare(share)}
              </span>
            ))}
          </span>
        </span>
      )}
    </div>
  );
}
