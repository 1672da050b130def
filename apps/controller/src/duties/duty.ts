/** Work that one controller of all does at a time. */
export interface Duty {
  /** One word, for logs and metrics. */
  readonly name: string;
  /** From the start of one run to that of the next, or longer where a run takes longer: no two overlap. */
  readonly everyMs: number;
  /**
   * One run. The signal is aborted when the duty is another's from now on: what is not done then is left undone. Another
   * controller may begin while a statement under way still ends, so whatever is stored is stored over what was read only.
   */
  run(signal: AbortSignal): Promise<void>;
  /** It is another's from now on: no run is under way any more. */
  left?(): void;
}
