"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Rows3 } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { useWindow, useWindowWords } from "../../time/index.ts";
import { useCourseMarks } from "../hooks/use-course-marks.ts";
import { filterServices, type ServiceRow } from "../view-model/sort-services.ts";
import { ServicesTable } from "./services-table.tsx";

/** Every service with its golden signals, side by side. */
export function ServicesPage() {
  const { length } = useWindow();
  const services = useQuery(
    useTRPC().services.list.queryOptions({ window: length }, { placeholderData: keepPreviousData }),
  );
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <h1 className="font-semibold text-lg">
        Services <span className="font-normal text-muted text-sm">{useWindowWords(length)}</span>
      </h1>
      <Panel flush>
        <Answer query={services} what="the services" rows={9}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title="No service yet" icon={<Rows3 size={30} aria-hidden />}>
                A service appears here once its sidecar has registered, or its telemetry has arrived.
              </EmptyState>
            ) : (
              <Found all={rows} readAtMs={services.dataUpdatedAt} />
            )
          }
        </Answer>
      </Panel>
    </div>
  );
}

/** Those of the scope that have the text of the field. */
function Found({ all, readAtMs }: { all: readonly ServiceRow[]; readAtMs: number }) {
  const { inScope } = useScope();
  const { marksOf, isCut } = useCourseMarks(readAtMs);
  const [text, setText] = useQueryState("of", parseAsString.withDefault(""));
  const rows = useMemo(
    () =>
      filterServices(
        all.filter(({ id }) => inScope(id)),
        text,
      ),
    [all, inScope, text],
  );
  return (
    <>
      <search className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2">
        <input
          type="search"
          aria-label="Services with"
          placeholder="Name or namespace"
          value={text}
          onChange={(event) => void setText(event.target.value)}
          className="h-8 w-64 max-w-full rounded-md border border-line-strong bg-surface px-2"
        />
        <p role="status" className="text-faint text-xs">
          {rows.length < all.length ? `${formatCount(rows.length)} of ${formatCount(all.length)} shown` : ""}
        </p>
        {isCut && (
          <p className="text-faint text-xs">
            Of the changes of this window only the newest are marked on the courses.
          </p>
        )}
      </search>
      {rows.length > 0 ? (
        <ServicesTable {...{ rows, marksOf }} />
      ) : text === "" ? (
        <NothingInScope what="service" />
      ) : (
        <EmptyState title="No service matches">Try a shorter part of its name.</EmptyState>
      )}
    </>
  );
}
