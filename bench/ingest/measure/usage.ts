import { cpuSeconds } from "../../shared/process-usage.ts";

/** CPU seconds so far of those who take part in ingesting, by name. */
export type Usage = Readonly<Record<string, number>>;

export function usageOf(pids: Readonly<Record<string, number>>): Usage {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]));
}

/** Microseconds of each for one of `items`, since `before`. */
export function microsecondsEach(before: Usage, after: Usage, items: number): Usage {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, ((seconds - (before[name] ?? 0)) * 1e6) / items]),
  );
}
