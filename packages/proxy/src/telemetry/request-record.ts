import type { Decision, ResponseFlag } from "@weir/domain/request-path";
import type { Direction, Party } from "../exchange.ts";

/** One finished exchange, kept small until it is exported. */
export interface RequestRecord {
  readonly direction: Direction;
  readonly source: Party;
  readonly destination: Party;
  readonly protocol: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** 0: the caller saw no status. */
  readonly status: number;
  readonly flag: ResponseFlag | "";
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly upstreamMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly decisions: readonly Decision[];
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly sampled: boolean;
  readonly peerAddress: string;
}

/** Nanoseconds since 1970; exact to a microsecond, which is what a double still holds. */
export function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
