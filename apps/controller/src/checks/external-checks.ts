import type { OtherCheck } from "@weir/rollout";
import pLimit, { type LimitFunction } from "p-limit";
import { type AskedRollout, type AskSettings, askCheck } from "./ask-check.ts";
import { type AskedCheck, checksNow, nameOf } from "./checks-now.ts";
import type { Verdict } from "./verdict-of-samples.ts";

/** Of one check in one step. */
interface Asked {
  /** The last answer, and when it was asked for. */
  answer: (Verdict & { readonly askedMs: number }) | undefined;
  askedMs: number;
  isAsking: boolean;
}

/** Of one rollout, in one round of one step. */
interface Step {
  readonly key: string;
  readonly checks: Map<string, Asked>;
  /** Ends what is under way when the step is over. */
  readonly over: AbortController;
  readonly inTurn: LimitFunction;
  seenMs: number;
}

export interface ExternalChecksSettings extends Omit<AskSettings, "inTurn"> {
  /** Milliseconds that pass whatever the clock is set to; ages are told by it. */
  readonly passedMs: () => number;
}

/** Pause between two questions. */
const everyMs = 10_000;
/** An answer says nothing any more once what was asked about is so old. */
const freshMs = 60_000;
const forgottenMs = 600_000;
/** Requests at a time: of one rollout, so that whoever hangs holds up no other's; and of all of them. */
const mostOfOne = 6;
const mostOfAll = 64;

/**
 * What queries and webhooks say of rollouts. Asked in the background and again every ten seconds, so that whoever hangs keeps
 * nobody waiting: a look takes the last answer, and one that is not there, or old, is unknown. Nothing is kept over a restart;
 * whoever is asked may be asked again. Ages are those of a clock that nobody sets: an answer is no fresher because the day was set
 * back.
 */
export class ExternalChecks {
  readonly #settings: ExternalChecksSettings;
  readonly #steps = new Map<number, Step>();
  readonly #inTurn = pLimit(mostOfAll);

  constructor(settings: ExternalChecksSettings) {
    this.#settings = settings;
  }

  /** One for each check of the step that the rollout is in; waits for none of them. */
  outcomes(rollout: AskedRollout): readonly OtherCheck[] {
    const nowMs = this.#settings.passedMs();
    this.#forgetOthers(rollout.id, nowMs);
    const checks = checksNow(rollout.plan, rollout.state);
    if (checks.length === 0) return [];
    const step = this.#stepOf(rollout, nowMs);
    return checks.map((check) => {
      const asked = this.#askedOf(step, nameOf(check));
      if (isDue(check, asked, nowMs)) void this.#ask(check, rollout, asked, step);
      return { name: nameOf(check), ...verdictAt(check, asked, nowMs) };
    });
  }

  /** Ends what is under way. */
  close(): void {
    for (const { over } of this.#steps.values()) over.abort();
    this.#steps.clear();
  }

  async #ask(check: AskedCheck, rollout: AskedRollout, asked: Asked, step: Step): Promise<void> {
    const askedMs = this.#settings.passedMs();
    const inTurn = <T>(attempt: () => Promise<T>) => step.inTurn(() => this.#inTurn(attempt));
    asked.isAsking = true;
    asked.askedMs = askedMs;
    try {
      asked.answer = {
        ...(await askCheck(check, rollout, { ...this.#settings, inTurn }, step.over.signal)),
        askedMs,
      };
    } catch (error) {
      const detail = `cannot be asked: ${error instanceof Error ? error.message : String(error)}`;
      asked.answer = { outcome: "unknown", detail, askedMs };
    } finally {
      asked.isAsking = false;
    }
  }

  #stepOf({ id, state }: AskedRollout, nowMs: number): Step {
    const key = `${state.step} ${state.round}`;
    const known = this.#steps.get(id);
    if (known?.key === key) {
      known.seenMs = nowMs;
      return known;
    }
    known?.over.abort();
    const step: Step = {
      ...{ key, checks: new Map(), over: new AbortController(), seenMs: nowMs },
      inTurn: pLimit(mostOfOne),
    };
    this.#steps.set(id, step);
    return step;
  }

  #askedOf({ checks }: Step, name: string): Asked {
    const known = checks.get(name);
    if (known) return known;
    const asked = { answer: undefined, askedMs: Number.NEGATIVE_INFINITY, isAsking: false };
    checks.set(name, asked);
    return asked;
  }

  /** Rollouts that nobody looks at any more are over, or another controller's. */
  #forgetOthers(own: number, nowMs: number): void {
    for (const [id, { seenMs, over }] of this.#steps)
      if (id !== own && nowMs - seenMs > forgottenMs) {
        over.abort();
        this.#steps.delete(id);
      }
  }
}

/** What is asked before anything begins, such as a test of load, is done once. */
function isFinal(check: AskedCheck, { answer }: Asked): boolean {
  return (
    check.kind === "webhook" &&
    check.webhook.when === "pre" &&
    answer !== undefined &&
    answer.outcome !== "unknown"
  );
}

function isDue(check: AskedCheck, asked: Asked, nowMs: number): boolean {
  return !asked.isAsking && !isFinal(check, asked) && nowMs - asked.askedMs >= everyMs;
}

function verdictAt(check: AskedCheck, asked: Asked, nowMs: number): Verdict {
  const { answer } = asked;
  if (answer === undefined) return { outcome: "unknown", detail: "has not answered yet" };
  const ageMs = nowMs - answer.askedMs;
  if (ageMs <= freshMs || isFinal(check, asked)) return { outcome: answer.outcome, detail: answer.detail };
  const detail = `has not answered for ${Math.round(ageMs / 1_000)} s; the last time: ${answer.detail}`;
  return { outcome: "unknown", detail };
}
