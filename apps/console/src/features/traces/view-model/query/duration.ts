/** Milliseconds as the query writes them: `250ms`, `1.5s`, `80us`. */
export function printDuration(ms: number): string {
  if (ms >= 1_000) return `${trim(ms / 1_000)}s`;
  if (ms >= 1) return `${trim(ms)}ms`;
  return ms >= 0.001 ? `${trim(ms * 1_000)}us` : `${trim(ms * 1e6)}ns`;
}

function trim(value: number): string {
  return String(Number(value.toFixed(6)));
}
