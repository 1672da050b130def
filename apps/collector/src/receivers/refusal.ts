import { rpcCode } from "@weir/telemetry/otlp";

/** Why a request is answered with a status other than 200. */
export type RefusalKind = keyof typeof refusals;

/**
 * From the kind of refusal to HTTP and google.rpc.Code. Only 429 and 503 make a sender try again (OTLP specification,
 * OTLP/HTTP: retryable response codes), so what can pass by itself must be one of them.
 */
const refusals = {
  malformed: { status: 400, code: rpcCode.invalidArgument },
  refusedByDatabase: { status: 400, code: rpcCode.invalidArgument },
  unknownPath: { status: 404, code: rpcCode.notFound },
  methodNotAllowed: { status: 405, code: rpcCode.unimplemented, headers: { allow: "POST" } },
  tooLarge: { status: 413, code: rpcCode.resourceExhausted },
  unsupported: {
    status: 415,
    code: rpcCode.invalidArgument,
    headers: { "accept-encoding": "gzip, zstd, identity" },
  },
  overloaded: { status: 429, code: rpcCode.resourceExhausted, headers: { "retry-after": "1" } },
  unavailable: { status: 503, code: rpcCode.unavailable, headers: { "retry-after": "2" } },
  internal: { status: 500, code: rpcCode.internal },
} as const;

/** A request that is not answered with 200; the message is for the sender. */
export class Refusal extends Error {
  readonly code = "REFUSED";
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Refusal";
    this.kind = kind;
  }

  get response(): { status: number; code: number; headers?: Readonly<Record<string, string>> } {
    return refusals[this.kind];
  }
}
