import type { MapNode, MapVersion } from "../../../server/topology/topology-view.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { headHeight, versionHeight } from "../view-model/measures.ts";
import { versionColor } from "../view-model/version-color.ts";

const barLeft = 56;
const barRight = 50;

/**
 * A row a version: its name, the share it takes as a bar that moves when traffic shifts, and as an outline the
 * share that a canary gives it; outlined only where it is observed, filled behind where it acts.
 */
export function MapVersionRows({ node, width }: { node: MapNode; width: number }) {
  const { versions } = node;
  const full = width - barLeft - barRight;
  return (
    <g>
      <path d={`M1 ${headHeight - 2}H${width - 1}`} stroke="var(--line)" />
      {versions.map((version, index) => (
        <g key={version.version} transform={`translate(0 ${headHeight + index * versionHeight})`}>
          <text
            x={12}
            y={13}
            className="font-mono text-[11px]"
            fill={version.ready ? "var(--text)" : "var(--text-faint)"}
          >
            {shortVersion(version.version)}
          </text>
          <rect x={barLeft} y={6} width={full} height={6} rx={2} fill="var(--sunken)" />
          <Bar version={version} full={full} color={versionColor(versions, version.version)} />
          {version.wanted !== undefined && !node.canaryActs && <Wanted share={version.wanted} full={full} />}
          <text
            x={width - 12}
            y={13}
            textAnchor="end"
            className="font-mono text-[11px]"
            fill={version.share ? "var(--text)" : "var(--text-faint)"}
          >
            {version.share === undefined ? "–" : formatShare(version.share)}
          </text>
        </g>
      ))}
    </g>
  );
}

function Bar({ version, full, color }: { version: MapVersion; full: number; color: string }) {
  return (
    <rect
      x={barLeft}
      y={6}
      height={6}
      rx={2}
      fill={color}
      style={{ width: (version.share ?? 0) * full, transition: "width var(--shift) ease-out" }}
    />
  );
}

/** What the canary would give it: hollow, because nothing of it is real yet. */
function Wanted({ share, full }: { share: number; full: number }) {
  return (
    <rect
      x={barLeft - 0.5}
      y={3.5}
      height={11}
      rx={3}
      fill="none"
      stroke="var(--text-muted)"
      strokeDasharray="2 2"
      style={{ width: share * full + 1, transition: "width var(--shift) ease-out" }}
    />
  );
}

const longestVersion = 6;

function shortVersion(version: string): string {
  return version.length <= longestVersion ? version : `${version.slice(0, longestVersion - 1)}…`;
}
