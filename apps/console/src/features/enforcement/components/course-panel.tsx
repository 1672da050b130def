"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import type { ShownEnforcement } from "../view-model/enforce-preview.ts";
import { untilNewStep } from "../view-model/until-new-step.ts";

const CourseCharts = dynamic(() => import("./course-charts.tsx").then((part) => part.CourseCharts), {
  ssr: false,
  loading: () => <SkeletonRows rows={6} what="the charts" />,
});

/** What the policies did over time, and how their services fared; once the watch is over, and a little after, it stays as it was. */
export function CoursePanel({ id, phase }: Pick<ShownEnforcement, "id" | "phase">) {
  const course = useQuery(
    useTRPC().enforcement.course.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data } }) => !data?.isFinal && untilNewStep(data),
      },
    ),
  );
  return (
    <Panel title="Before and since, over time">
      <Answer query={course} what="its course" rows={6}>
        {(data) => <CourseCharts course={data} isWatched={phase === "watching"} />}
      </Answer>
    </Panel>
  );
}
