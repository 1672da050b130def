/** Something that the console asks of the store. */
export interface Question {
  readonly name: string;
  /** p95 in milliseconds; undefined: nothing is wanted of it but to be known. */
  readonly wantedMs?: number;
  /** A page may be cut short before anything is found. */
  readonly mayFindNothing?: true;
  /** Answers how much was found: nodes, rows, cells. Each run asks of another service, trace or text. */
  readonly ask: (run: number) => Promise<number>;
}

export interface Answered {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly mostMs: number;
  /** Mean over the runs. */
  readonly found: number;
}
