import { HttpError } from "../service/http-error.ts";
import type { ServiceRequest } from "../service/router.ts";

const loopback = /^(::ffff:)?127\.|^::1$/;
const loopbackHost = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

/**
 * Lets only this machine pass, and only when it asked for this port itself: a proxy beside the service also connects
 * from loopback, but what it carries is addressed to the service's name. @throws HttpError 403
 */
export function requireLocalCaller({ remoteAddress, headers }: ServiceRequest): void {
  if (loopback.test(remoteAddress) && loopbackHost.test(headers.host ?? "")) return;
  throw new HttpError(403, "local-only", "faults are set on this process's own port, from this machine");
}
