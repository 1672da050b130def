/** Hours that each kind of telemetry is kept. What is dropped is dropped by partitions, so up to one of them longer. */
export interface Retention {
  /** And what traces are found by. */
  readonly spans: number;
  readonly accessLogs: number;
  readonly logs: number;
  /** Metrics of others; the mesh's own are edges. */
  readonly metrics: number;
  /** Sums of edges by the length of their slots: the coarser, the longer they are worth keeping. */
  readonly edges10s: number;
  /** And of five minutes. */
  readonly edges1m: number;
  readonly edges10m: number;
  /** And of six hours. */
  readonly edges1h: number;
  readonly edges1d: number;
  readonly decisions10s: number;
  readonly decisions1h: number;
}

const day = 24;

export const defaultRetention: Retention = {
  ...{ spans: day, accessLogs: day, logs: day, metrics: day },
  ...{ edges10s: day, edges1m: 7 * day, edges10m: 30 * day, edges1h: 90 * day, edges1d: 400 * day },
  ...{ decisions10s: day, decisions1h: 90 * day },
};

/** Everything for so many hours, and the coarser sums for as long as they are by default, if that is longer. */
export function retentionOf(hours: number): Retention {
  const { edges1m, edges10m, edges1h, edges1d, decisions1h } = defaultRetention;
  const atLeast = (usual: number) => Math.max(hours, usual);
  return {
    ...{ spans: hours, accessLogs: hours, logs: hours, metrics: hours, edges10s: hours, decisions10s: hours },
    ...{ edges1m: atLeast(edges1m), edges10m: atLeast(edges10m), edges1h: atLeast(edges1h) },
    ...{ edges1d: atLeast(edges1d), decisions1h: atLeast(decisions1h) },
  };
}
