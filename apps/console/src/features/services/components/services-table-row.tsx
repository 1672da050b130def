import { servicePath } from "@weir/domain/browser";
import { healthOf } from "@weir/graph";
import Link from "next/link";
import { formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Sparkline } from "../../../ui/sparkline.tsx";
import { Cell } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { ModeSign } from "../../modes/index.ts";
import { HealthGlyph, HealthReason, healthText, healthWords, VersionShares } from "../../topology/index.ts";
import type { CourseMark } from "../view-model/course-marks.ts";
import type { ServiceRow } from "../view-model/sort-services.ts";

interface ServicesTableRowProps {
  readonly row: ServiceRow;
  /** What was changed, on its course. */
  readonly marks: readonly CourseMark[];
  /** Its place among all rows, also those that are not in the page. */
  readonly index: number;
  measure(element: HTMLTableRowElement | null): void;
}

/** A service with its golden signals; its name opens its page. */
export function ServicesTableRow({ row, marks, index, measure }: ServicesTableRowProps) {
  const link = useLink();
  const health = healthOf(row);
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className="hover:bg-hover">
      <Cell className="max-w-80">
        <Link
          href={link(servicePath(row))}
          title={row.id}
          className="flex items-center gap-2 font-medium underline-offset-4 hover:underline"
        >
          <bdi className="truncate">{row.name}</bdi>
          <bdi className="truncate font-normal text-faint">{row.namespace}</bdi>
        </Link>
      </Cell>
      <Cell className="min-w-40 max-w-72">
        <span className="inline-flex items-center gap-2">
          <HealthGlyph health={health} /> {healthWords[health]}
        </span>
        <HealthReason outcomes={row} />
      </Cell>
      <Cell>
        {row.mode ? (
          <ModeSign mode={row.mode.origin === "hold" ? "hold" : row.mode.mode} />
        ) : (
          <span className="text-faint">no sidecar</span>
        )}
      </Cell>
      <Cell>
        <VersionShares versions={row.versions} />
      </Cell>
      <Cell>
        {row.course.length > 0 ? (
          <Sparkline values={row.course} label={`Requests of ${row.name} over time`} marks={marks} />
        ) : (
          <span className="text-faint">no data</span>
        )}
      </Cell>
      <Cell numeric>{formatRate(row.rps)}</Cell>
      <Cell numeric className={row.errors > 0 ? healthText[health] : "text-faint"}>
        {row.requests > 0 ? formatShare(row.errors / row.requests) : "–"}
      </Cell>
      <Cell numeric>{formatSeconds(row.p50)}</Cell>
      <Cell numeric>{formatSeconds(row.p95)}</Cell>
      <Cell numeric>{formatSeconds(row.p99)}</Cell>
    </tr>
  );
}
