const unitsMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** `200ms`, `1.5s`, `2m` in milliseconds, exact to the nanosecond; undefined for what is no duration or has no unit. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?|\.\d+)([a-zµμ]+)$/.exec(text) ?? [];
  const factor = unitsMs[unit ?? ""];
  if (factor === undefined) return undefined;
  const ms = Math.round(Number(number) * factor * 1e6) / 1e6;
  return ms <= 1e12 ? ms : undefined;
}

/** Milliseconds as the query writes them: `250ms`, `1.5s`, `80us`. */
export function printDuration(ms: number): string {
  if (ms >= 1_000) return `${trim(ms / 1_000)}s`;
  if (ms >= 1) return `${trim(ms)}ms`;
  return ms >= 0.001 ? `${trim(ms * 1_000)}us` : `${trim(ms * 1e6)}ns`;
}

function trim(value: number): string {
  return String(Number(value.toFixed(6)));
}
