import type { Http2Stream } from "node:http2";

/**
 * Tells whether the peer has ended its side of a stream, asked once the stream says `end`. node:http2 ends what can
 * be read of a stream that was reset in the same way, after marking it closed: only the order tells them apart.
 */
export function watchEnd(stream: Http2Stream): () => boolean {
  const push = stream.push;
  let whole = false;
  stream.push = function (this: Http2Stream, chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk === null && !stream.closed) whole = true;
    return push.call(stream, chunk, encoding);
  };
  return () => whole;
}
