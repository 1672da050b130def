"use client";

import { useEffect, useState } from "react";

/** The time, moving on while `running`; undefined before the page is in a browser. */
export function useNow(running: boolean): number | undefined {
  const [nowMs, setNowMs] = useState<number>();
  useEffect(() => {
    if (!running) return;
    const update = () => setNowMs(Date.now());
    update();
    const timer = setInterval(update, 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return nowMs;
}
