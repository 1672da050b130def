import type { MapVersion } from "../../../server/topology/topology-view.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { versionColor } from "../view-model/version-color.ts";

/** A service's versions in one line: a bar of their shares, and each by name. */
export function VersionShares({ versions }: { versions: readonly MapVersion[] }) {
  const several = versions.length > 1;
  return (
    <span className="flex items-center gap-3 whitespace-nowrap">
      {several && (
        <span aria-hidden className="flex h-2 w-20 overflow-hidden rounded-xs bg-sunken">
          {versions.map((version) => (
            <span
              key={version.version}
              style={{
                width: `${(version.share ?? 0) * 100}%`,
                background: versionColor(versions, version.version),
                transition: "width var(--shift) ease-out",
              }}
            />
          ))}
        </span>
      )}
      {versions.map((version) => (
        <span key={version.version} className="inline-flex items-center gap-1.5 font-mono text-[0.8125rem]">
          {several && (
            <span
              aria-hidden
              className="size-2 rounded-xs"
              style={{ background: versionColor(versions, version.version) }}
            />
          )}
          {version.version}
          {several && <span className="text-muted">{formatShare(version.share)}</span>}
        </span>
      ))}
    </span>
  );
}
