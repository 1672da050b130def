import type { StartError } from "./start-error.ts";

/** How a process ended, to follow its name (`ended by SIGKILL`), and whether trying again is of no use. */
export interface Ending {
  readonly how: string;
  readonly final?: StartError;
}

/** A process that runs, however it was launched. */
export interface RunningProcess {
  readonly pid: number | undefined;
  /** Settles, and never rejects, when the process is gone. */
  readonly ended: Promise<Ending>;
  /** Whether it can serve now; never throws. */
  isReady(): Promise<boolean>;
  /** Asks it to end in order. */
  terminate(): void;
  /** Ends it. */
  kill(): void;
}

/** Something that the supervisor keeps running. */
export interface ChildSettings {
  /** Unique, and fit for a file name: `checkout-v1-sidecar`. */
  readonly name: string;
  /** As people are told of it: `checkout v1 sidecar`. */
  readonly label: string;
  /** Starts it once; what it says goes to the file, at its end. */
  readonly launch: (logFile: string) => RunningProcess;
  readonly readyWithinMs: number;
  /** From being asked to end until it is ended. */
  readonly stopWithinMs: number;
}
