import Link from "next/link";
import type { Exemplar } from "../../../server/heatmap/region.ts";
import { formatSeconds } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { useLink } from "../../frame/index.ts";

/** Traces to look at, each opened at the span of the request that was chosen. */
export function ExemplarList({ exemplars }: { exemplars: readonly Exemplar[] }) {
  const link = useLink();
  return (
    <ul className="-mx-2">
      {exemplars.map(({ traceId, spanId, operation, version, startMs, seconds, failed }) => (
        <li key={traceId}>
          <Link
            href={link(`/traces/${traceId}?span=${spanId}`)}
            className="grid grid-cols-[4.5rem_1fr_auto] gap-2 rounded-sm px-2 py-1 hover:bg-hover"
          >
            <span className="truncate font-mono text-[0.8125rem] text-faint">
              {formatMoment(startMs, startMs)}
            </span>
            <span className="truncate">
              <bdi>{operation}</bdi> <span className="text-faint text-xs">{version}</span>
              {failed && <span className="ml-1.5 text-failing text-xs">error</span>}
            </span>
            <span className="font-mono text-[0.8125rem]">{formatSeconds(seconds)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
