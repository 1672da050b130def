import type { Exchange } from "../exchange.ts";
import { BufferedStream } from "../stream/buffered-stream.ts";

/** The exchange's stream with a body that can be had more than once; put before it when first asked for. */
export function buffered(exchange: Exchange): BufferedStream {
  if (exchange.buffered === undefined) {
    exchange.buffered = new BufferedStream(exchange.stream);
    exchange.stream = exchange.buffered;
  }
  return exchange.buffered;
}
