/** How many of what costs much are under way at once. */
export interface Slots {
  /** Undefined: all are taken. Else gives the place back, once. */
  take(): (() => void) | undefined;
}

export function createSlots(most: number): Slots {
  let open = 0;
  return {
    take() {
      if (open >= most) return undefined;
      open++;
      let isOpen = true;
      return () => {
        if (isOpen) open--;
        isOpen = false;
      };
    },
  };
}

/** As many are under way as this console does at once; some end soon. */
export class Busy extends Error {
  readonly code = "BUSY";

  constructor(what: string) {
    super(`${what} than this console has room for at once; ask again in a moment`);
    this.name = "Busy";
  }
}

/**
 * What `begin` tells, in a place that is given back when it is over; or when the asker leaves, for a generator that was never begun ends
 * without its `finally`.
 * @param what "more previews are asked for", for the refusal.
 * @throws Busy
 */
export function inSlot<T>(
  slots: Slots,
  what: string,
  signal: AbortSignal | undefined,
  begin: () => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const release = slots.take();
  if (release === undefined) throw new Busy(what);
  if (signal?.aborted) release();
  signal?.addEventListener("abort", release, { once: true });
  return releasing(begin(), release);
}

async function* releasing<T>(
  told: AsyncGenerator<T, void, undefined>,
  release: () => void,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* told;
  } finally {
    release();
  }
}
