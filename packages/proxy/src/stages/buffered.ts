import type { Exchange } from "../exchange.ts";
import { BufferedStream } from "../stream/buffered-stream.ts";

/** The exchange's stream with a body that can be had more than once; put before it when first asked for. */
export function buffered(exchange: Exchange): BufferedStream {
  exchange.buffered ??= new BufferedStream(exchange.stream);
  if (exchange.stream === exchange.caller) exchange.stream = exchange.buffered;
  return exchange.buffered;
}
