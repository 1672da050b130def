import type { Socket } from "node:net";
import type { CallerStream } from "../stream/caller-stream.ts";
import type { Deadlines } from "./deadlines.ts";
import type { HttpLimits } from "./limits.ts";
import type { ParseFailure } from "./parse-failure.ts";

/** A connection that is served elsewhere, and can be asked to take no more requests and end. */
export interface DrainingConnection {
  drain(): void;
}

/** What is done with the requests of one listener. */
export interface ServerSettings {
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  /** Serves one request; resolves when its answer is over. Must not reject. */
  readonly serve: (stream: CallerStream) => Promise<void>;
  /** The whole answer, head and body, to bytes that are not a request; also the place to count them. */
  readonly refuse: (failure: ParseFailure) => string;
  /** Takes a connection that begins with the preface of HTTP/2; without it such a connection is refused. */
  readonly http2?: ((socket: Socket, settings: ServerSettings) => DrainingConnection) | undefined;
  /** Connections of the listener are encrypted. */
  readonly encrypted?: boolean;
  /** Host and port that the connection itself is for, as CONNECT named them. */
  readonly authority?: string;
}
