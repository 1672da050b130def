import type { Kind } from "./kind.ts";

/** A kind whose values stand on the wire as another kind's: a Duration as nanoseconds, a wrapper as what it wraps. */
export function mapped<M, V>(
  kind: Kind<M>,
  zero: V,
  { read, write }: { readonly read: (wire: M) => V; readonly write: (value: V) => M },
): Kind<V> {
  return {
    wireType: kind.wireType,
    zero,
    isZero: (value) => value === zero,
    write: (writer, value) => kind.write(writer, write(value)),
    read: (reader) => read(kind.read(reader)),
    toJson: (value) => kind.toJson(write(value)),
    fromJson: (json) => read(kind.fromJson(json)),
  };
}
