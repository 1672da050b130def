import type { Children } from "../../shared/children.ts";
import type { Protocol, Target } from "../exchanges.ts";
import type { Upstreams } from "../upstream/start-upstream.ts";

export interface Surroundings {
  readonly upstreams: Upstreams;
  /** Where the peer may write; removed after the run. */
  readonly dir: string;
  readonly children: Children;
}

export interface RunningPeer {
  /** Its CPU and memory are those of this process and its children. */
  readonly pid: number;
  /** What it can be asked by; a protocol that is absent is not measured. */
  readonly targets: Partial<Readonly<Record<Protocol, Target>>>;
  stop(): Promise<void>;
  /** How long after a request work for it may go on (telemetry that is sent in batches), in milliseconds. */
  readonly lagMs: number;
  /** What a reader must know of how it went, asked for at the end. */
  readonly remark?: () => Promise<string | undefined>;
}

/** A proxy to measure: one process, one thread, connections to the upstream kept. */
export interface Peer {
  readonly name: string;
  /** What is run and how, for the report; undefined when it is not installed here. */
  describe(): string | undefined;
  /** Resolves when it accepts connections. */
  start(surroundings: Surroundings): Promise<RunningPeer>;
}
