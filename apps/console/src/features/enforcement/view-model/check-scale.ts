import type { GuardCheck } from "@weir/rollout";

/** A question on a line from 0 to `top`, each place in per cent of it. */
export interface CheckScale {
  readonly predicted: number | undefined;
  readonly limit: number;
  /** Undefined without requests. */
  readonly seen: number | undefined;
}

/** So that the limit stands at two thirds, or what was seen beyond it fills the line. */
export function checkScale(check: GuardCheck): CheckScale {
  const { predicted, limit } = check;
  const seen = decisive(check);
  const share = seen.requests === 0 ? undefined : seen.hits / seen.requests;
  const top = Math.min(1, Math.max(limit * 1.5, (share ?? 0) * 1.1, 0.001));
  const place = (value: number) => Math.min(100, (value / top) * 100);
  return {
    predicted: predicted === undefined ? undefined : place(predicted),
    limit: place(limit),
    seen: share === undefined ? undefined : place(share),
  };
}

/** What its verdict is of: the requests that tripped it, else all. */
export function decisive({ seen, above }: GuardCheck): GuardCheck["seen"] {
  return above ?? seen;
}

/** Those that tripped first, then those that are nearest to their limit. */
export function byGravity(checks: readonly GuardCheck[]): GuardCheck[] {
  const nearness = ({ seen, limit }: GuardCheck) =>
    seen.requests === 0 ? 0 : seen.hits / seen.requests / limit;
  return [...checks].sort((a, b) => Number(b.tripped) - Number(a.tripped) || nearness(b) - nearness(a));
}
