import type { Snapshot } from "@weir/domain";
import type { LogLevel } from "@weir/telemetry/logger";
import type { SidecarConfig } from "../config/sidecar-config.ts";
import type { ListenAddress } from "../http1/http-listener.ts";
import type { SidecarSettings } from "../sidecar.ts";
import type { MetersReport } from "../telemetry/meters.ts";

/** Settings of a sidecar that can be handed to a thread: plain data. */
export type PlainSettings = Pick<
  SidecarSettings,
  "limits" | "exportIntervalMs" | "maxExportQueueBytes" | "drainMs"
>;

/** What a worker is started with. */
export interface WorkerData {
  /** 0 and up; a worker that is started in place of another has its index. */
  readonly index: number;
  readonly config: SidecarConfig;
  readonly settings: PlainSettings;
  /** Name of the whole sidecar. */
  readonly proxyId: string;
  readonly cells: SharedArrayBuffer;
  readonly logLevel: LogLevel;
  /** Between two signs of life. */
  readonly beatMs: number;
}

/** The traffic ports: what is asked for, and what was opened. */
export interface TrafficAddresses {
  readonly outbound: ListenAddress | undefined;
  readonly inbound: ListenAddress | undefined;
}

/** What the main thread asks of a worker; every order is answered. */
export type Order =
  | { readonly type: "open"; readonly addresses: TrafficAddresses; readonly snapshot: Snapshot }
  /** Compile it, and put it in force when told to. */
  | { readonly type: "prepare"; readonly snapshot: Snapshot }
  | { readonly type: "commit" }
  | { readonly type: "abandon" }
  | { readonly type: "report" }
  | { readonly type: "stop" };

export interface OrderAnswer {
  readonly id: number;
  /** Why it was not done. */
  readonly error?: string;
  readonly addresses?: TrafficAddresses;
}

/** What a worker says: the answer to an order, or, without one, that it is alive. */
export interface WorkerMessage {
  readonly answer?: OrderAnswer;
  readonly report: MetersReport | undefined;
}

/** An order as it is posted. */
export interface PostedOrder {
  readonly id: number;
  readonly order: Order;
}
