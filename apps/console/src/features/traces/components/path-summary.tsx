"use client";

import Link from "next/link";
import { useMemo } from "react";
import type { TraceRow } from "../../../server/traces/trace-row.ts";
import { formatNs, formatShare, plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { summarisePaths } from "../view-model/summarise-paths.ts";

/** The found traces by the way they went through the mesh. */
export function PathSummary({ traces }: { traces: readonly TraceRow[] }) {
  const link = useLink();
  const paths = useMemo(() => summarisePaths(traces), [traces]);
  return (
    <Panel flush>
      <Table caption={`${plural(paths.length, "path")} of ${plural(traces.length, "trace")}`}>
        <thead>
          <tr>
            <HeadCell>Path</HeadCell>
            <HeadCell numeric>Traces</HeadCell>
            <HeadCell numeric>Failed</HeadCell>
            <HeadCell numeric>Median</HeadCell>
            <HeadCell numeric>Longest</HeadCell>
          </tr>
        </thead>
        <tbody>
          {paths.map((path) => (
            <tr key={path.key}>
              <Cell className="py-1.5">
                <span className="font-medium">{path.service}</span>{" "}
                <span className="break-words text-muted">{path.title}</span>
                <span className="block break-words text-faint text-xs">{path.services.join(" · ")}</span>
              </Cell>
              <Cell numeric>{path.traces}</Cell>
              <Cell numeric className={path.failed > 0 ? "text-failing" : ""}>
                {formatShare(path.failed / path.traces)}
              </Cell>
              <Cell numeric>{formatNs(path.medianNs)}</Cell>
              <Cell numeric>
                <Link
                  href={link(`/traces/${path.longestId}`)}
                  className="text-accent underline underline-offset-2"
                >
                  {formatNs(path.longestNs)}
                </Link>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
