/** The part of a trace's time that the bars show, in nanoseconds since its first span began. */
export interface TimeView {
  readonly fromNs: number;
  readonly toNs: number;
}

/** No narrower: a thousand pixels for a microsecond tell nothing. */
const leastNs = 1_000;
const panShare = 0.2;

/** By `factor` narrower (below 1: wider), around its middle or `aroundNs`; never beyond the whole. */
export function zoomed(view: TimeView, whole: TimeView, factor: number, aroundNs?: number): TimeView {
  const around = aroundNs ?? (view.fromNs + view.toNs) / 2;
  const length = Math.max(leastNs, (view.toNs - view.fromNs) / factor);
  const share = (around - view.fromNs) / Math.max(1, view.toNs - view.fromNs);
  return within({ fromNs: around - share * length, toNs: around + (1 - share) * length }, whole);
}

/** A fifth of itself later (1) or earlier (-1). */
export function panned(view: TimeView, whole: TimeView, step: 1 | -1): TimeView {
  const by = (view.toNs - view.fromNs) * panShare * step;
  return within({ fromNs: view.fromNs + by, toNs: view.toNs + by }, whole);
}

/** The same length where there is room for it, moved so that it does not go beyond the whole. */
export function within({ fromNs, toNs }: TimeView, whole: TimeView): TimeView {
  const length = Math.min(toNs - fromNs, whole.toNs - whole.fromNs);
  const from = Math.max(whole.fromNs, Math.min(fromNs, whole.toNs - length));
  return { fromNs: Math.round(from), toNs: Math.round(from + length) };
}

export function isWhole(view: TimeView, whole: TimeView): boolean {
  return view.fromNs <= whole.fromNs && view.toNs >= whole.toNs;
}

/** `from-to`, whole nanoseconds, as the address has it. */
export function printView({ fromNs, toNs }: TimeView): string {
  return `${Math.round(fromNs)}-${Math.round(toNs)}`;
}

/** Null for what is none. */
export function parseView(text: string): TimeView | null {
  const [, from, to] = /^(\d{1,16})-(\d{1,16})$/.exec(text) ?? [];
  const view = { fromNs: Number(from), toNs: Number(to) };
  return view.toNs > view.fromNs ? view : null;
}
