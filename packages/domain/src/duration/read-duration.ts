const unitMs: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1e3, m: 60e3, min: 60e3, h: 3600e3 },
};

const form = /^(\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})(ns|us|µs|μs|ms|s|m|min|h)$/;

/** Some thirty years: nothing takes longer, and its nanoseconds still fit into 64 bits. */
const mostMs = 1e12;

/**
 * Milliseconds, exact to the nanosecond, of a duration as Go and Jaeger write it with one unit: `40ms`, `1.5s`, `.5s`,
 * `2m` or `2min`, `250us` with any of the three letters for micro. Undefined for what is none: without a unit, of more
 * than one, negative, or beyond 1e12 ms.
 */
export function readDuration(text: string): number | undefined {
  const [, count, unit] = form.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Math.round(Number(count) * (unitMs[unit] ?? Number.NaN) * 1e6) / 1e6;
  return ms <= mostMs ? ms : undefined;
}
