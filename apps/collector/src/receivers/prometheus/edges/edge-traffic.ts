import type { EdgeEnd } from "@weir/store";
import type { Answer, EdgeReport } from "../mesh/mesh-table.ts";
import type { SeriesExemplar } from "../series/series-delta.ts";
import type { BucketCounts } from "./bucket-counts.ts";

/** What has been counted of one edge, split by how the requests were answered. */
export interface EdgeTraffic {
  readonly reporter: EdgeReport["reporter"];
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
  readonly answer: Answer;
  /** Equal for what may be added up. */
  readonly key: string;
  requests: number;
  requestBytes: number;
  responseBytes: number;
  /** Of the requests whose latency is known; their number need not be that of all. */
  readonly buckets: BucketCounts;
  seconds: number;
  exemplars: readonly SeriesExemplar[];
}

export function emptyTraffic(
  edge: Pick<EdgeTraffic, "reporter" | "source" | "destination" | "answer" | "key">,
): EdgeTraffic {
  const { reporter, source, destination, answer, key } = edge;
  return {
    ...{ reporter, source, destination, answer, key },
    ...{ requests: 0, requestBytes: 0, responseBytes: 0, seconds: 0 },
    buckets: new Map(),
    exemplars: [],
  };
}

export function isEmpty({ requests, requestBytes, responseBytes, buckets }: EdgeTraffic): boolean {
  return requests === 0 && requestBytes === 0 && responseBytes === 0 && buckets.size === 0;
}
