import type { Socket } from "node:net";

/**
 * The kernel's side of a socket, taken away from it: the shell that is left is destroyed, so that its server does
 * not count it any more. Node has no public way to say how an accepted connection is to be read.
 */
export function takeHandle(socket: Socket): object | undefined {
  const shell = socket as unknown as { _handle: object | null };
  const handle = shell._handle;
  if (!handle) return undefined;
  shell._handle = null;
  socket.destroy();
  return handle;
}

/** The number by which the system knows an open socket; -1 where it has none, such as one of TLS or a closed one. */
export function descriptorOf(socket: Socket): number {
  return (socket as unknown as { _handle: { fd?: number } | null })._handle?.fd ?? -1;
}
