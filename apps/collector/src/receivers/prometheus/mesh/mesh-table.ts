import type { ConnectionSecurity } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";

export type Labels = ReadonlyMap<string, string>;

/** What a metric of a mesh measures, by the name it is exposed under. */
export interface Measure {
  /** A counter's, or a histogram's without `_bucket`, `_sum` and `_count`. */
  readonly metric: string;
  readonly of: "requests" | "duration" | "requestBytes" | "responseBytes";
  /** Of a duration. */
  readonly unit?: "s" | "ms";
  /**
   * Of requests: where two metrics count the same ones, those of the lower rank count. The counts of durations come
   * after all of them.
   */
  readonly rank?: number;
  /** A class of status that the metric's name tells. */
  readonly status?: number;
}

/** What the labels of one series say about the traffic it counts. */
export interface EdgeReport {
  /**
   * Who counted: the caller's sidecar, the destination's, or one thing between them. The latter's report stands in
   * for the caller's where the caller has none.
   */
  readonly reporter: "source" | "destination" | "between";
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
  readonly answer: Answer;
}

/** What requests are split by. Undefined: the series does not tell. */
export interface Answer {
  readonly protocol?: "http" | "grpc" | "tcp" | undefined;
  readonly method?: string | undefined;
  /** The class (200 for 2xx); 0: there was no answer. */
  readonly status?: number | undefined;
  readonly grpcStatus?: number | undefined;
  /** Envoy's response flag; empty for none. */
  readonly flag?: string | undefined;
  /** Of the connection the requests came by. */
  readonly security?: ConnectionSecurity | undefined;
}

/** How one data plane names its metrics and labels. Pure. */
export interface MeshTable {
  readonly name: string;
  readonly measures: readonly Measure[];
  /**
   * Of a target that also shows metrics with one of these prefixes this table counts nothing: the other ones count the
   * same requests, and better.
   */
  readonly yieldsTo?: readonly string[];
  /** Undefined: the series counts no requests between two services, or those that another series counts too. */
  reportOf(labels: Labels, measure: Measure): EdgeReport | undefined;
}
