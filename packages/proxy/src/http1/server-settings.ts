import type { Socket } from "node:net";
import type { Deadlines } from "./deadlines.ts";
import type { HttpLimits } from "./limits.ts";
import type { ParseFailure } from "./parse-failure.ts";
import type { ServerStream } from "./server-stream.ts";

/** What is done with the requests of one listener. */
export interface ServerSettings {
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  /** Serves one request; resolves when its answer is over. Must not reject. */
  readonly serve: (stream: ServerStream) => Promise<void>;
  /** The whole answer, head and body, to bytes that are not a request; also the place to count them. */
  readonly refuse: (failure: ParseFailure) => string;
  /** Host and port that the connection itself is for, as CONNECT named them. */
  readonly authority?: string;
}

/** A paused socket that HTTP has no part in any more, and what had been read from it ahead. */
export interface DetachedSocket {
  readonly socket: Socket;
  readonly rest: Buffer | undefined;
}
