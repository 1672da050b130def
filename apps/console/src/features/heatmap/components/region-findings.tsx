"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { alone } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { Apart, Region } from "../../../server/heatmap/region.ts";
import type { Subject } from "../../../server/heatmap/subject.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import type { HeatGrid } from "../view-model/heat-grid.ts";
import { boxOf } from "../view-model/heat-region.ts";
import { boxWords } from "../view-model/heat-words.ts";
import { DifferenceList } from "./difference-list.tsx";
import { ExemplarList } from "./exemplar-list.tsx";

interface RegionFindingsProps {
  readonly grid: HeatGrid;
  readonly subject: Subject;
  readonly region: Region;
  onClear(): void;
}

/** What the chosen part of a heatmap tells: its traces, and what sets them apart. */
export function RegionFindings({ grid, subject, region, onClear }: RegionFindingsProps) {
  const box = boxOf(grid, region);
  const words = box && boxWords(grid, box);
  const apart = useQuery({
    ...useTRPC().heatmap.region.queryOptions(
      { ...subject, region },
      { trpc: alone, placeholderData: keepPreviousData },
    ),
    staleTime: 60_000,
  });
  return (
    <section
      aria-label="The chosen requests"
      className="flex flex-col gap-3 rounded-md border border-accent p-3"
    >
      <header className="flex items-start gap-2">
        <p className="grow text-xs">
          {words ? (
            <>
              <span className="font-medium">{words.requests}</span> of {words.took},{" "}
              <span className="text-muted">{words.when}</span>
            </>
          ) : (
            "The chosen part lies outside of this window."
          )}
        </p>
        <Button look="quiet" size="icon" aria-label="Give up the choice" className="-m-1.5" onClick={onClear}>
          <X size={15} aria-hidden />
        </Button>
      </header>
      <Answer query={apart} what="what sets them apart" rows={4}>
        {(data) => <Findings apart={data} />}
      </Answer>
    </section>
  );
}

function Findings({ apart }: { apart: Apart }) {
  const { inside, outside, differences, exemplars } = apart;
  if (inside === 0)
    return (
      <p className="text-muted">
        No trace of these requests is stored: it was not sampled, or is past its retention, or its service
        leaves no spans.
      </p>
    );
  return (
    <>
      <section>
        <h4 className="font-medium text-xs">What sets them apart</h4>
        <p className="mb-2 text-[0.6875rem] text-faint">
          {plural(inside, "request")} of these, beside a sample of {plural(outside, "other")} in this window
        </p>
        {differences.length === 0 ? (
          <p className="text-muted">Nothing that could not be chance.</p>
        ) : (
          <DifferenceList differences={differences} />
        )}
      </section>
      <section>
        <h4 className="mb-1 font-medium text-xs">
          {exemplars.length < inside ? `The slowest ${exemplars.length} traces` : "Traces"}
        </h4>
        <ExemplarList exemplars={exemplars} />
      </section>
    </>
  );
}
