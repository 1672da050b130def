import type { ClientHttp2Session, ClientHttp2Stream } from "node:http2";
import type { Deadlines, Expiring } from "../http1/deadlines.ts";
import type { HttpLimits } from "../http1/limits.ts";
import { sessionWindowBytes } from "./session-options.ts";
import { Http2UpstreamStream, type StreamOwner } from "./upstream-stream.ts";

/** Without a request for this long a session is closed. */
const idleLimitMs = 60_000;

/** One connection to an upstream by HTTP/2, and the places that it has for requests. */
export class Http2UpstreamSession implements StreamOwner, Expiring {
  deadlineMs = Number.POSITIVE_INFINITY;
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;

  readonly #session: ClientHttp2Session;
  #active = 0;
  #served = 0;

  /** `onGone`: it takes no more requests. */
  constructor(session: ClientHttp2Session, limits: HttpLimits, deadlines: Deadlines, onGone: () => void) {
    this.#session = session;
    this.limits = limits;
    this.deadlines = deadlines;
    session.setLocalWindowSize(sessionWindowBytes);
    session.on("error", ignore);
    session.on("goaway", onGone);
    session.on("close", () => {
      deadlines.delete(this);
      onGone();
    });
    deadlines.add(this);
  }

  /** A place for one request; undefined when the peer allows no more of them, or takes none. */
  take(): Http2UpstreamStream | undefined {
    const session = this.#session;
    if (session.closed || session.destroyed) return undefined;
    if (this.#active >= (session.remoteSettings.maxConcurrentStreams ?? Number.POSITIVE_INFINITY))
      return undefined;
    this.#active++;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    return new Http2UpstreamStream(this, this.#served++ > 0, session.encrypted ? "https" : "http");
  }

  request(
    list: string[],
    options: { readonly endStream: boolean; readonly waitForTrailers: boolean },
  ): ClientHttp2Stream {
    return this.#session.request(list, options);
  }

  release(): void {
    if (--this.#active === 0) this.deadlineMs = this.deadlines.in(idleLimitMs);
  }

  expire(): void {
    this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
  }
}

function ignore(): void {}
