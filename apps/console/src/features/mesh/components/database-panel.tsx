"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import type { Database } from "../../../server/mesh/database.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatBytes, formatCount, plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Stat } from "../../../ui/stat.tsx";
import { databaseParts } from "../view-model/database-parts.ts";

const askEveryMs = 30_000;
/** The collector makes partitions three hours ahead, and warns below one. */
const scarceHours = 1;

/** What the database takes on disk, by what it holds, and how long its partitions last. */
export function DatabasePanel() {
  const database = useQuery(
    useTRPC().mesh.database.queryOptions(undefined, {
      refetchInterval: askEveryMs,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Panel title="Database">
      <Answer query={database} what="the state of the database" rows={3}>
        {(data) => (
          <div className="flex flex-col gap-4">
            <Facts database={data} />
            <Parts database={data} />
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function Facts({ database: { bytes, tables, connections, headRoomHours } }: { database: Database }) {
  const isScarce = headRoomHours === undefined || headRoomHours < scarceHours;
  return (
    <>
      {isScarce && (
        <p className="flex items-start gap-2 text-sm">
          <TriangleAlert size={15} className="mt-0.5 shrink-0 text-degraded" aria-hidden />
          {headRoomHours === undefined
            ? "There are no partitions yet: the collector makes them when it starts."
            : "Partitions run out soon: the collector makes them ahead while it runs."}
        </p>
      )}
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label="On disk" value={formatBytes(bytes)} />
        <Stat
          label="Partitions"
          value={formatCount(tables.reduce((sum, { partitions }) => sum + partitions, 0))}
        />
        <Stat
          label="Partitions ahead"
          value={headRoomHours === undefined ? "none" : `${headRoomHours.toFixed(1)} h`}
        />
        <Stat label="Connections" value={`${connections.used} of ${connections.most}`} />
      </dl>
    </>
  );
}

function Parts({ database: { bytes, tables } }: { database: Database }) {
  return (
    <ul aria-label="On disk by what it holds" className="flex flex-col gap-1.5">
      {databaseParts(tables).map((part) => (
        <li key={part.name} className="grid grid-cols-[9.5rem_1fr_4.5rem] items-center gap-3 text-sm">
          <span className="text-muted">{part.name}</span>
          <span aria-hidden className="h-2 overflow-hidden rounded-sm bg-sunken">
            <span
              className="block h-full rounded-sm bg-series-1"
              style={{ width: `${(part.bytes / Math.max(1, bytes)) * 100}%` }}
            />
          </span>
          <span className="text-right font-mono text-[0.8125rem]">
            {formatBytes(part.bytes)}
            <span className="sr-only">, {plural(part.partitions, "partition")}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
