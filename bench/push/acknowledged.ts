/** That the first, or the last, of all sidecars has acknowledged a snapshot: its answer has come back. */
export interface Acknowledged {
  readonly version: string;
  readonly count: number;
  /** Unix time, with fractions. */
  readonly atMs: number;
}
