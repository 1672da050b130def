import type { AlertState } from "@weir/store";

/** What is watched, and how it seems just now. Of a subject that nobody watched yet it is taken that all is well. */
export interface Sighting {
  readonly subject: string;
  readonly seems: string;
  /** What it is when nothing is to be told. */
  readonly calm: string;
  /** How bad each state is; what is not there is 0. */
  readonly badness: Readonly<Record<string, number>>;
  /** How long it must seem so without a break before it counts, in milliseconds. */
  readonly lastsMs: number;
}

export interface NextState {
  /** Undefined: all is well, and nothing needs to be kept. */
  readonly state: AlertState | undefined;
  /** What it was, where it has turned just now. */
  readonly turnedFrom: string | undefined;
}

/**
 * The state after a sighting. It turns when it has seemed otherwise for as long as that takes, worse or better without a break
 * in between, so that what comes and goes is told once and not each time. `watchedSinceMs`: since when somebody has looked
 * without a break; how it seemed before that says nothing about the time between.
 */
export function nextState(
  before: AlertState | undefined,
  sighting: Sighting,
  nowMs: number,
  watchedSinceMs: number,
): NextState {
  const { subject, seems, calm, badness, lastsMs } = sighting;
  const state = before ?? { subject, state: calm, sinceMs: nowMs };
  if (seems === state.state) return kept({ ...settled(state), seenMs: nowMs }, calm);
  const rank = (name: string | undefined) =>
    Math.sign((badness[name ?? ""] ?? 0) - (badness[state.state] ?? 0));
  const isSameWay = before?.seeming !== undefined && rank(before.seeming) === rank(seems);
  const seemingMs = (isSameWay ? before.seemingSinceMs : undefined) ?? nowMs;
  const sinceMs = Math.min(Math.max(seemingMs, watchedSinceMs), nowMs);
  if (nowMs - sinceMs < lastsMs)
    return {
      state: { ...state, seeming: seems, seemingSinceMs: sinceMs, seenMs: nowMs },
      turnedFrom: undefined,
    };
  const turned = { ...settled({ ...state, state: seems, sinceMs: nowMs }), seenMs: nowMs };
  return { ...kept(turned, calm), turnedFrom: state.state };
}

function settled(state: Pick<AlertState, "subject" | "state" | "sinceMs">) {
  return { ...state, seeming: undefined, seemingSinceMs: undefined };
}

function kept(state: AlertState, calm: string): NextState {
  return { state: state.state === calm ? undefined : state, turnedFrom: undefined };
}
