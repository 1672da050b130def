import type { Children } from "../../shared/children.ts";

export interface RunningPeer {
  /** Its CPU and memory are those of this process and its children. */
  readonly pid: number;
  /** Where it takes OTLP/HTTP. */
  readonly port: number;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly children: Children;
  /** Where the peer may write; removed after the run. */
  readonly dir: string;
}

/** Another receiver of traces, to be measured on the same load. */
export interface Peer {
  readonly name: string;
  /** What is run and what it does with spans, for the report; undefined when it is not installed here. */
  describe(): string | undefined;
  /** Resolves when it accepts connections. */
  start(surroundings: Surroundings): Promise<RunningPeer>;
}
