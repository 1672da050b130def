/** The part of `process` from which orders to stop come. */
export interface OrderSource {
  on(event: NodeJS.Signals | "disconnect", listener: () => void): unknown;
}

export interface StopOrders {
  /** Resolves with what asked for the stop. */
  readonly first: Promise<string>;
  /** Somebody asked again, and is in a hurry. */
  readonly second: Promise<string>;
}

/**
 * Ctrl-C in a terminal reaches this process twice: from the terminal, and handed on by whoever started it. Orders
 * this close to each other are one.
 */
const sameOrderMs = 500;

/** Listens for SIGINT, SIGTERM, SIGHUP and for the end of the process that started this one. */
export function createStopOrders(
  source: OrderSource,
  now: () => number = () => performance.now(),
): StopOrders {
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  let firstAt: number | undefined;
  for (const order of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const)
    source.on(order, () => {
      if (firstAt === undefined) {
        firstAt = now();
        first.resolve(order);
      } else if (order !== "disconnect" && now() - firstAt > sameOrderMs) second.resolve(order);
    });
  return { first: first.promise, second: second.promise };
}
