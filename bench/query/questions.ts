import {
  decisionsOfPolicy,
  decisionsOfTrace,
  edgeHeatmap,
  edgeSeries,
  exemplarsOfCell,
  logsOfTrace,
  type Sql,
  type TopQuery,
  topology,
  topRequests,
  traceById,
  traceSkeleton,
  tracesOfEdge,
} from "@weir/store";
import type { Question } from "./question.ts";
import { nth, type Samples } from "./samples.ts";
import { searchQuestions } from "./search-questions.ts";

const topRoutes: TopQuery = {
  ...{ by: ["destination", "method", "path"], sort: "requests", descending: true, limit: 20 },
};

/** All that is measured (load-edges.ts fills what these windows read), with what is wanted of a mesh of ten thousand edges and a store of ten million spans. */
export function questionsOf(sql: Sql, samples: Samples): readonly Question[] {
  return [
    ...ofMap(sql, samples),
    ...ofTraces(sql, samples),
    ...searchQuestions(sql, samples),
    ...ofPolicies(sql, samples),
  ];
}

/** Columns of a chart. */
const slots = 60;
/** From a nanosecond to an hour, and more. */
const allBuckets = { lowestBucket: -500, highestBucket: 500 };

function ofMap(sql: Sql, { window, edges }: Samples): Question[] {
  const edgesOf = (hours: number) => async (run: number) =>
    (await topology(sql, window(hours, run))).edges.length;
  const cellsOf = (hours: number) => async (run: number) => {
    const { columns } = await edgeHeatmap(sql, nth(edges, run), window(hours, run), slots);
    return columns.reduce((sum, { cells }) => sum + cells.indexes.length, 0);
  };
  const seriesOf = (hours: number) => async (run: number) =>
    (await edgeSeries(sql, nth(edges, run), window(hours, run), slots)).length;
  return [
    { name: "topology, last hour", wantedMs: 150, ask: edgesOf(1) },
    { name: "topology, last day", ask: edgesOf(24) },
    { name: "topology, 7 days", wantedMs: 400, ask: edgesOf(168) },
    { name: "heatmap of an edge, last hour", wantedMs: 100, ask: cellsOf(1) },
    { name: "heatmap of an edge, last day", wantedMs: 100, ask: cellsOf(24) },
    { name: "heatmap of an edge, 7 days", wantedMs: 100, ask: cellsOf(168) },
    {
      name: "exemplars of a heatmap's column",
      ask: async (run) => {
        const { toMs } = window(1, run);
        const cell = { window: { fromMs: toMs - 600_000, toMs }, ...allBuckets };
        return (await exemplarsOfCell(sql, { edge: nth(edges, run) }, cell, 20)).length;
      },
    },
    { name: "series of an edge, last hour", ask: seriesOf(1) },
    { name: "series of an edge, 7 days", ask: seriesOf(168) },
  ];
}

function ofTraces(sql: Sql, { traceIds, edges, window }: Samples): Question[] {
  return [
    {
      name: "trace by id",
      wantedMs: 20,
      ask: async (run) => (await traceById(sql, nth(traceIds, run))).length,
    },
    {
      name: "skeleton of a trace",
      wantedMs: 20,
      ask: async (run) => (await traceSkeleton(sql, nth(traceIds, run))).spans.length,
    },
    {
      name: "logs of a trace",
      ask: async (run) => {
        const { requests, logs } = await logsOfTrace(sql, nth(traceIds, run));
        return requests.length + logs.length;
      },
    },
    {
      name: "top routes, last hour",
      ask: async (run) => (await topRequests(sql, window(1, run), topRoutes)).rows.length,
    },
    {
      name: "traces of an edge, last hour",
      ask: async (run) => (await tracesOfEdge(sql, nth(edges, run), window(1, run), 20)).length,
    },
  ];
}

function ofPolicies(sql: Sql, { decidedTraceIds, policies, window }: Samples): Question[] {
  const { fromMs, toMs } = window(24, 0);
  const extent = { fromNs: BigInt(fromMs) * 1_000_000n, toNs: BigInt(toMs) * 1_000_000n };
  const decisionsOf = (hours: number) => async (run: number) =>
    (await decisionsOfPolicy(sql, nth(policies, run), window(hours, run))).verdicts.length;
  return [
    { name: "decisions of a policy, last hour", ask: decisionsOf(1) },
    { name: "decisions of a policy, 7 days", ask: decisionsOf(168) },
    {
      name: "decisions of a trace",
      ask: async (run) => (await decisionsOfTrace(sql, nth(decidedTraceIds, run), extent)).length,
    },
  ];
}
