/** How many streams of requests are open at once: each asks the database a few times a second. */
export interface TapSlots {
  /** Undefined: all are taken. Else gives the place back, once. */
  take(): (() => void) | undefined;
}

export function createTapSlots(most: number): TapSlots {
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
