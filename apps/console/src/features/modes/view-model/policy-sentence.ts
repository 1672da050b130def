import type { Mode, ModeOrigin } from "@weir/domain";
import { formatCount, formatShare, plural } from "../../../ui/format/numbers.ts";

/** What a policy decided about the requests of the window, by what it asked for. */
export interface VerdictCount {
  readonly verdict: string;
  readonly evaluated: number;
  /** Enforced, these would have gone (or went) differently than in observe. */
  readonly wouldAct: number;
}

export interface PolicyModes {
  readonly before: { readonly mode: Mode };
  readonly after: { readonly mode: Mode; readonly origin: ModeOrigin };
}

/**
 * What turning the switch does to one policy, told by what it decided about real requests:
 * "would send 30 % (212 of 706 requests) to v2".
 */
export function policySentence(modes: PolicyModes, verdicts: readonly VerdictCount[]): string {
  const total = verdicts.reduce((sum, verdict) => sum + verdict.evaluated, 0);
  const effect = effectWords(verdicts, total);
  const { before, after } = modes;
  if (before.mode === after.mode)
    return after.mode === "enforce" ? `goes on: ${effect("sends")}` : `stays in observe${why(after.origin)}`;
  if (after.mode === "enforce") return effect("would send");
  return `${effect("sent")}; in observe all requests go to the stable version`;
}

function effectWords(verdicts: readonly VerdictCount[], total: number): (verb: string) => string {
  if (total === 0) return () => "no requests in this window to tell by";
  const acting = verdicts.filter((verdict) => verdict.wouldAct > 0).sort((a, b) => b.wouldAct - a.wouldAct);
  if (acting.length === 0) return () => `no effect on any of ${plural(total, "request")}`;
  return (verb) =>
    `${verb} ${acting
      .map(
        ({ verdict, wouldAct }) =>
          `${formatShare(wouldAct / total)} (${formatCount(wouldAct)} of ${plural(total, "request")}) ${destination(verdict)}`,
      )
      .join(", ")}`;
}

function destination(verdict: string): string {
  return verdict.startsWith("version=") ? `to ${verdict.slice("version=".length)}` : `by ${verdict}`;
}

function why(origin: ModeOrigin): string {
  const reasons: Record<ModeOrigin, string> = {
    hold: ": the mesh is on hold",
    policy: ": it has its own mode",
    service: ": its service has its own mode",
    namespace: ": its namespace has its own mode",
    mesh: "",
  };
  return reasons[origin];
}
