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
 * "would send 30 % (212 of 706 requests) to v2", "would refuse 2 % (14 of 706 requests) with 429".
 *
 * @param total of how many requests; absent: of those that it judged.
 */
export function policySentence(
  modes: PolicyModes,
  verdicts: readonly VerdictCount[],
  total: number = verdicts.reduce((sum, verdict) => sum + verdict.evaluated, 0),
): string {
  const effect = effectWords(verdicts, total);
  const { before, after } = modes;
  if (before.mode === after.mode)
    return after.mode === "enforce" ? `goes on: ${effect("does")}` : `stays in observe${why(after.origin)}`;
  if (after.mode === "enforce") return effect("would");
  return `${effect("did")}; ${inObserve(verdicts)}`;
}

function inObserve(verdicts: readonly VerdictCount[]): string {
  const chose = verdicts.some(({ verdict }) => verdict.startsWith("version="));
  return chose ? "in observe all requests go to the stable version" : "in observe it only counts";
}

type Tense = "would" | "does" | "did";

function effectWords(verdicts: readonly VerdictCount[], total: number): (tense: Tense) => string {
  if (total === 0) return () => "no requests in this window to tell by";
  const acting = verdicts.filter((verdict) => verdict.wouldAct > 0).sort((a, b) => b.wouldAct - a.wouldAct);
  if (acting.length === 0) return () => `no effect on any of ${plural(total, "request")}`;
  return (tense) => {
    let before = "";
    const parts = acting.map(({ verdict, wouldAct }) => {
      const { verb, rest } = actionOf(verdict);
      const share = `${formatShare(wouldAct / total)} (${formatCount(wouldAct)} of ${plural(total, "request")})`;
      const words = verb === before ? "" : `${conjugated(verb, tense)} `;
      before = verb;
      return `${words}${share}${rest}`;
    });
    return `${tense === "would" ? "would " : ""}${parts.join(", ")}`;
  };
}

/** What a verdict does to a request, as verb and what follows its object. */
function actionOf(verdict: string): { verb: string; rest: string } {
  const [first = "", ...more] = verdict.split(", ");
  const equals = first.indexOf("=");
  const what = equals < 0 ? first : first.slice(0, equals);
  const value = first.slice(equals + 1);
  const action = actions[what];
  const also = more.length === 0 ? "" : `, with ${more.join(" and ")}`;
  if (action === undefined) return { verb: "change", rest: ` by ${verdict}` };
  return { verb: action.verb, rest: `${action.rest.replace("$", value)}${also}` };
}

const actions: Readonly<Record<string, { verb: string; rest: string }>> = {
  version: { verb: "send", rest: " to $" },
  deny: { verb: "refuse", rest: " with 403" },
  limit: { verb: "refuse", rest: " with 429" },
  overflow: { verb: "refuse", rest: " with 503: too many $ at once" },
  redirect: { verb: "redirect", rest: " with $" },
  abort: { verb: "abort", rest: " with $" },
  delay: { verb: "delay", rest: " by $" },
  timeout: { verb: "end", rest: " after $" },
  retry: { verb: "retry", rest: "" },
  mirror: { verb: "mirror", rest: " to $" },
  rewrite: { verb: "rewrite", rest: "" },
  headers: { verb: "change", rest: " in their headers" },
  eject: { verb: "move", rest: " away from a failing endpoint" },
  host: { verb: "move", rest: " to another endpoint" },
};

function conjugated(verb: string, tense: Tense): string {
  if (tense === "would") return verb;
  if (tense === "does") return verb === "retry" ? "retries" : `${verb}s`;
  return { send: "sent", retry: "retried" }[verb] ?? `${verb}${verb.endsWith("e") ? "d" : "ed"}`;
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
