import type { Admitted } from "../admission.ts";
import { Refusal } from "../refusal.ts";
import type { GrpcCall } from "./grpc-method.ts";
import { Unimplemented } from "./grpc-status.ts";

/** Runs `reading`; a sender that keeps it waiting for longer than it may loses its call. */
export async function withinTime<T>(call: GrpcCall, reading: () => Promise<T>): Promise<T> {
  const timer = setTimeout(call.abandon, call.messageTimeoutMs);
  try {
    return await reading();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads a call that has one message and gives it to `use`. `admit` is called when the message begins, before any of it is
 * read; what it gives is released when `use` is over. Throws what the two throw, a {@link Refusal}, SenderGone, or
 * {@link Unimplemented} for none and for several messages (gRPC status codes: request cardinality violation).
 */
export async function withOneMessage(
  call: GrpcCall,
  admit: () => Admitted,
  use: (message: Buffer) => Promise<Buffer>,
): Promise<Buffer> {
  const { messages } = call;
  if (!(await withinTime(call, () => messages.next())))
    throw messages.stopped
      ? new Refusal("unavailable", "the collector is stopping")
      : new Unimplemented("this method takes one message, but none came");
  const admitted = admit();
  try {
    const message = await withinTime(call, async () => {
      const read = await messages.read(admitted.hold);
      if (await messages.next()) throw new Unimplemented("this method takes one message, not several");
      return read;
    });
    return await use(message);
  } finally {
    admitted.release();
  }
}
