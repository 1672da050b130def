import type { Apart } from "../../../server/heatmap/region.ts";
import { formatShare } from "../../../ui/format/numbers.ts";

type Difference = Apart["differences"][number];

/** Values that are more frequent inside, with their shares inside and outside; the largest difference first. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  return (
    <ol className="flex flex-col gap-2.5">
      {differences.map((difference) => (
        <li key={`${difference.name}\0${difference.value}`}>
          <p className="break-words font-mono text-[0.8125rem]">
            <span className="text-muted">{difference.name}</span> <bdi>{difference.value}</bdi>
          </p>
          {difference.alike.length > 0 && <Alike alike={difference.alike} />}
          <Share label="inside" share={difference.insideShare} count={difference.inside} color="bg-accent" />
          <Share
            label="others"
            share={difference.outsideShare}
            count={difference.outside}
            color="bg-no-data"
          />
        </li>
      ))}
    </ol>
  );
}

const shownAlike = 3;

function Alike({ alike }: { alike: Difference["alike"] }) {
  return (
    <p className="break-words text-[0.6875rem] text-faint" title={alike.map(factText).join("\n")}>
      the same as {alike.slice(0, shownAlike).map(factText).join(", ")}
      {alike.length > shownAlike && ` and ${alike.length - shownAlike} more`}
    </p>
  );
}

function factText({ name, value }: { readonly name: string; readonly value: string }): string {
  return `${name} ${value}`;
}

interface ShareProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly count: number;
  readonly color: string;
}

function Share({ label, share, count, color }: ShareProps) {
  return (
    <div className="grid grid-cols-[3rem_1fr_5.5rem] items-center gap-2 text-[0.6875rem] text-muted">
      {label}
      <span aria-hidden className="h-1.5 rounded-sm bg-sunken">
        <span className={`block h-full rounded-sm ${color}`} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="text-right font-mono">
        {formatShare(share)} <span className="text-faint">({count})</span>
      </span>
    </div>
  );
}
