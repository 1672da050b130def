import { field } from "../schema/field.ts";
import { int64 } from "../schema/int64.ts";
import type { Kind } from "../schema/kind.ts";
import { mapped } from "../schema/mapped.ts";
import { message } from "../schema/message.ts";
import { bytes, int32, string, uint32 } from "../schema/scalars.ts";

interface Seconds {
  readonly seconds: number | bigint;
  readonly nanos: number;
}

const Seconds = message<Seconds>({ seconds: field(1, int64), nanos: field(2, int32) });

const perSecond = 1_000_000_000n;

/** google.protobuf.Duration, and Timestamp since 1970, in nanoseconds. Any sign and size that a sender writes. */
export const nanoseconds: Kind<bigint> = mapped(Seconds, 0n, {
  read: ({ seconds, nanos }) => BigInt(seconds) * perSecond + BigInt(nanos),
  write: (value) => ({ seconds: value / perSecond, nanos: Number(value % perSecond) }),
});

/** google.protobuf.UInt32Value: a number that knows whether it was set. */
export const uint32Value: Kind<number> = mapped(
  message<{ readonly value: number }>({ value: field(1, uint32) }),
  0,
  { read: ({ value }) => value, write: (value) => ({ value }) },
);

/** google.protobuf.Any */
export interface Any {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

export const Any = message<Any>({ typeUrl: field(1, string), value: field(2, bytes) });
