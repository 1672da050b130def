"use client";

import type { Window } from "@weir/domain";
import { textOfWindow } from "@weir/domain/browser";
import type { ReactNode } from "react";
import type { Changes } from "../../../server/changes/list.ts";
import type { ActsCourse, EnforcementCourse, SignalsCourse } from "../../../server/enforcement/course.ts";
import { classes } from "../../../ui/classes.ts";
import { formatRate, formatSeconds, formatShare, plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { headroom, SeriesChart } from "../../../ui/series-chart.tsx";
import { ChangeTicks, useChanges } from "../../changes/index.ts";
import { callerWords } from "../view-model/caller-words.ts";
import {
  actsSeries,
  failedSeries,
  momentsOf,
  p99Series,
  rateSeries,
  shareOfAxis,
} from "../view-model/course-series.ts";

interface CourseChartsProps {
  readonly course: EnforcementCourse;
  readonly isWatched: boolean;
}

/** ms. Sidecars report every two seconds, and a slot is ten. */
const lateMs = 30_000;

/** Small charts on one axis of time, with the moment of the switch in each. */
export function CourseCharts({ course, isWatched }: CourseChartsProps) {
  const { acts, services, more, heardUntilMs, nowMs } = course;
  const changes = useChanges(undefined, textOfWindow(course)).data;
  const moments = momentsOf(course);
  const concerned = changes && concerning(changes, services);
  const marks = (of: string) => (axis: Window) => (
    <>
      <SwitchMark course={course} axis={axis} />
      <ChangeTicks changes={concerned} axis={axis} of={of} />
    </>
  );
  const isSilent = acts.every(nothingJudged) && services.every(nothingReceived);
  if (isSilent)
    return (
      <p role="status" className="text-muted">
        {isWatched
          ? "No request was told of yet, before the switch or since."
          : "No request was counted in this time, or its counts are kept no longer. What was decided stands below, for ever."}
      </p>
    );
  return (
    <div className="flex flex-col gap-5">
      {isWatched && heardUntilMs !== undefined && nowMs - heardUntilMs > lateMs && (
        <p role="status" className="rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs">
          Nothing was heard since {formatMoment(heardUntilMs, nowMs)}: the charts end there.
        </p>
      )}
      <div className={classes("grid items-end gap-x-8 gap-y-4", acts.length > 1 && "md:grid-cols-2")}>
        {acts.map((one) => (
          <SeriesChart
            key={titleOf(one)}
            title={titleOf(one)}
            momentsMs={moments}
            series={actsSeries(one, course)}
            atLeast={0.02}
            format={formatShare}
            marks={marks(titleOf(one))}
          />
        ))}
      </div>
      {services.map((service) => (
        <ServiceCharts
          key={`${service.namespace}/${service.service}`}
          {...{ service, course, moments, marks }}
        />
      ))}
      {more.acts + more.services > 0 && (
        <p className="text-muted text-xs">
          Drawn is what is nearest to its limit. {plural(more.acts, "caller")} and{" "}
          {plural(more.services, "service")} more stand in the tables below.
        </p>
      )}
    </div>
  );
}

interface ServiceChartsProps {
  readonly service: SignalsCourse;
  readonly course: EnforcementCourse;
  readonly moments: readonly number[];
  marks(of: string): (axis: Window) => ReactNode;
}

function ServiceCharts({ service, course, moments, marks }: ServiceChartsProps) {
  const { service: name } = service;
  const marksOf = (of: string) => marks(`${of} of ${name}`);
  return (
    <section aria-label={`Golden signals of ${name} over time`}>
      <h3 className="mb-2 font-medium">{name}</h3>
      <div className="grid items-end gap-x-8 gap-y-4 md:grid-cols-3">
        <SeriesChart
          title="Requests"
          momentsMs={moments}
          series={rateSeries(service)}
          filled
          format={formatRate}
          marks={marksOf("requests")}
        />
        <SeriesChart
          title="Failures"
          momentsMs={moments}
          series={failedSeries(service, course)}
          atLeast={0.02}
          format={formatShare}
          marks={marksOf("failures")}
        />
        <SeriesChart
          title="Latency"
          momentsMs={moments}
          series={p99Series(service, course)}
          format={formatSeconds}
          marks={marksOf("latency")}
        />
      </div>
    </section>
  );
}

/** Left of the line it was observed, right of it enforced. Over the ticks of changes, which would go through its word. */
function SwitchMark({ course, axis }: { course: EnforcementCourse; axis: Window }) {
  const share = shareOfAxis(course.switchedAtMs, axis.fromMs, axis.toMs);
  if (share === undefined) return null;
  const isLate = share > 0.7;
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-y-0 z-20 border-enforce border-l-2"
      style={{ left: `${share * 100}%` }}
    >
      <span
        className={`absolute top-0 flex items-center whitespace-nowrap bg-surface px-1 font-medium text-[0.625rem] text-enforce leading-none ${isLate ? "right-0.5" : "left-0.5"}`}
        style={{ height: `${headroom * 100}%` }}
      >
        enforced
      </span>
    </span>
  );
}

function titleOf({ policy, callers }: ActsCourse): string {
  const [only, ...others] = callers ?? [];
  if (only === undefined) return `${policy} on all requests`;
  return others.length > 0
    ? `${policy} on requests of ${callers?.length} callers`
    : `${policy} on ${callerWords(only)}`;
}

/** Of the mesh and its namespaces, and of the services that are drawn. */
function concerning({ changes, ...rest }: Changes, services: readonly SignalsCourse[]): Changes {
  const drawn = new Set(services.map(({ namespace, service }) => `${namespace}/${service}`));
  return {
    ...rest,
    changes: changes.filter(
      ({ service }) => service === undefined || drawn.has(`${service.namespace}/${service.name}`),
    ),
  };
}

function nothingJudged({ steps }: ActsCourse): boolean {
  return steps.every(({ observed, enforced }) => observed + enforced === 0);
}

function nothingReceived({ steps }: SignalsCourse): boolean {
  return steps.every(({ failed }) => failed === undefined);
}
