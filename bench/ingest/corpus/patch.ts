/** What is put in place of a placeholder. */
export const patchKind = { traceId: 0, spanId: 1, time: 2, number: 3 } as const;
export type PatchKind = (typeof patchKind)[keyof typeof patchKind];

/** Places in a body, in arrays of numbers: there are some seven for each of a hundred thousand spans. */
export interface Patches {
  readonly kinds: Uint8Array;
  readonly offsets: Uint32Array;
  /** Index of the trace or span; for a time, nanoseconds after the base, below 2^32. */
  readonly values: Uint32Array;
}

export interface Patch {
  readonly kind: PatchKind;
  readonly offset: number;
  readonly value: number;
}

export function packPatches(patches: readonly Patch[]): Patches {
  return {
    kinds: Uint8Array.from(patches, ({ kind }) => kind),
    offsets: Uint32Array.from(patches, ({ offset }) => offset),
    values: Uint32Array.from(patches, ({ value }) => value),
  };
}

/** What one sending of a round has of its own. */
export interface Identity {
  /** 16 bytes a trace. */
  readonly traceIds: DataView;
  /** 8 bytes a span. */
  readonly spanIds: DataView;
  /** Nanoseconds since 1970 that times count from, as two halves. */
  readonly baseHigh: number;
  readonly baseLow: number;
}

const digits = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Writes ids, times and numbers into `body`; some 50 ns a span. */
export function applyPatches(body: DataView, { kinds, offsets, values }: Patches, own: Identity): void {
  for (let i = 0; i < kinds.length; i++) {
    const offset = offsets[i] as number;
    const value = values[i] as number;
    switch (kinds[i]) {
      case patchKind.traceId:
        for (let at = 0; at < 16; at += 4)
          body.setUint32(offset + at, own.traceIds.getUint32(value * 16 + at));
        break;
      case patchKind.spanId:
        body.setUint32(offset, own.spanIds.getUint32(value * 8));
        body.setUint32(offset + 4, own.spanIds.getUint32(value * 8 + 4));
        break;
      case patchKind.time: {
        const low = own.baseLow + value;
        body.setUint32(offset, low, true); // modulo 2^32, as DataView does
        body.setUint32(offset + 4, own.baseHigh + (low >= 2 ** 32 ? 1 : 0), true);
        break;
      }
      default: {
        let bits = own.traceIds.getUint32(value * 16);
        for (let at = 7; at >= 0; at--) {
          body.setUint8(offset + at, digits[bits & 15] as number);
          bits >>>= 4;
        }
      }
    }
  }
}

/** Halves of nanoseconds since 1970, for {@link Identity}. */
export function splitNs(ns: bigint): Pick<Identity, "baseHigh" | "baseLow"> {
  return { baseHigh: Number(ns >> 32n), baseLow: Number(ns & 0xffffffffn) };
}
