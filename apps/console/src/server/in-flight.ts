/** Work that has begun and not ended, so that a process can wait for it before it ends itself. */
export interface InFlight {
  /** Counts `work` until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Settles when nothing is under way, or after `atMostMs`. */
  idle(atMostMs: number): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let onIdle = () => {};
  return {
    async track(work) {
      count++;
      try {
        return await work;
      } finally {
        if (--count === 0) onIdle();
      }
    },
    async idle(atMostMs) {
      if (count === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, atMostMs);
        onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
