import { parseSocketAddress } from "@weir/domain";
import { z } from "zod";

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** `host:port` to listen on. */
export const Listen = z.string().transform((text, context) => addressOf(text, context, "must be host:port"));

/** The same, or `off`. */
export const ListenOrOff = z
  .string()
  .transform((text, context) =>
    text === "off" ? text : addressOf(text, context, "must be off, or host:port"),
  );

function addressOf(text: string, context: z.RefinementCtx, message: string): SocketAddress {
  const address = parseSocketAddress(text);
  if (address) return address;
  context.addIssue({ code: "custom", message: `${message}, such as 127.0.0.1:4318` });
  return z.NEVER;
}
