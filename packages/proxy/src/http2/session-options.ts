import type { HttpLimits } from "../http1/limits.ts";

/** Streams of one connection at a time; what comes beyond is refused (Go's default, a little above nginx's 128). */
export const maxConcurrentStreams = 256;

/** What a peer may send on one stream, and on a whole connection, before it must wait for this side to read on. */
const streamWindowBytes = 1024 * 1024;
export const sessionWindowBytes = 4 * 1024 * 1024;

/** RFC 9113 6.5.2 counts this much for each field beside its name and value. */
const fieldOverheadBytes = 32;
/** Pseudo fields of a request, `:protocol` included. */
const pseudoFields = 5;

/**
 * The options of a session in either role. What is malformed is refused by nghttp2 before it is seen here: bad
 * framing, HPACK bombs, floods of CONTINUATION, of SETTINGS and of PING whose answers are not read. The bounds on
 * heads are set a little above our own, so that a head that is somewhat too large still gets its 431.
 */
export function sessionOptions(limits: HttpLimits) {
  return {
    settings: {
      initialWindowSize: streamWindowBytes,
      maxHeaderListSize: limits.maxHeadBytes + limits.maxFields * fieldOverheadBytes,
      enablePush: false,
      enableConnectProtocol: false,
    },
    maxHeaderListPairs: limits.maxFields * 2 + pseudoFields,
    maxSendHeaderBlockLength: limits.maxHeadBytes * 2,
    // MiB, of what is gathered for one peer: more than the windows and the streams' buffers together need.
    maxSessionMemory: 64,
    // A proxy passes on what came, twice the same field included.
    strictSingleValueFields: false,
  };
}

/** The options of a session with a caller. */
export function serverSessionOptions(limits: HttpLimits) {
  const options = sessionOptions(limits);
  return {
    ...options,
    settings: { ...options.settings, maxConcurrentStreams },
    maxSettings: 32,
    maxSessionInvalidFrames: 100,
    maxSessionRejectedStreams: 100,
  };
}
