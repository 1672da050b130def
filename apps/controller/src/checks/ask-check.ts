import { setTimeout as sleep } from "node:timers/promises";
import { trafficOf } from "@weir/rollout";
import type { StoredRollout } from "@weir/store";
import type { Dispatcher } from "undici";
import { backOffMs } from "../webhooks/back-off.ts";
import { type Answer, exchange, NoAnswer } from "../webhooks/exchange.ts";
import { signedHeaders } from "../webhooks/signed-headers.ts";
import type { AskedCheck } from "./checks-now.ts";
import { verdictOfAnswer } from "./verdict-of-answer.ts";
import { type Verdict, verdictOfSamples } from "./verdict-of-samples.ts";

export type AskedRollout = Pick<StoredRollout, "id" | "plan" | "state">;

export interface AskSettings {
  readonly dispatcher: Dispatcher;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Unlike any other there was. */
  readonly newId: () => string;
  /** Makes an attempt when it is its turn; there are so many at a time. */
  readonly inTurn: <T>(attempt: () => Promise<T>) => Promise<T>;
}

const queryTimeoutMs = 10_000;

/** Asks once, with the attempts that the plan allows; whoever hangs or lies is unknown. Rejects with `signal.reason` only. */
export async function askCheck(
  check: AskedCheck,
  rollout: AskedRollout,
  settings: AskSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    return check.kind === "query"
      ? await askQuery(check, settings, signal)
      : await askWebhook(check, rollout, settings, signal);
  } catch (error) {
    if (error instanceof NoAnswer) return { outcome: "unknown", detail: error.message };
    throw error;
  }
}

async function askQuery(
  { query: { url, query, min, max } }: AskedCheck & { kind: "query" },
  { dispatcher, now, inTurn }: AskSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  const sent = {
    ...{ url: `${url.replace(/\/+$/, "")}/api/v1/query`, method: "POST" as const, dispatcher, now, signal },
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({ query }).toString(),
    timeoutMs: queryTimeoutMs,
  };
  const answer = await inTurn(() => exchange(sent));
  if (answer.isCut) return { outcome: "unknown", detail: "the query finds more than is read" };
  // Prometheus says in the body what is wrong with a query that it refuses with 400 or 422.
  if (answer.status === 200 || answer.status === 400 || answer.status === 422)
    return verdictOfSamples(answer.text, { min, max });
  return { outcome: "unknown", detail: `Prometheus answered ${answer.status}` };
}

async function askWebhook(
  { webhook: { url, when, timeoutMs, retries, secret } }: AskedCheck & { kind: "webhook" },
  rollout: AskedRollout,
  { dispatcher, now, random, newId, inTurn }: AskSettings,
  signal: AbortSignal,
): Promise<Verdict> {
  const id = `msg_${newId()}`;
  const body = question(rollout, when, now());
  for (let attempt = 1; ; attempt++) {
    const got = await inTurn(() => {
      const headers = { ...signedHeaders({ id, body, secret }, new Date(now())), accept: "application/json" };
      return exchange({ url, method: "POST", headers, body, timeoutMs, dispatcher, now, signal });
    }).catch(asNoAnswer);
    if (attempt > retries || !isPassing(got)) {
      if (got instanceof NoAnswer) throw got;
      return verdictOfAnswer(got, rollout.id, when);
    }
    await sleep(backOffMs(attempt, random), undefined, { signal });
  }
}

function asNoAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  throw error;
}

/** Worth another attempt. */
function isPassing(got: Answer | NoAnswer): boolean {
  return got instanceof NoAnswer || got.status >= 500 || got.status === 429;
}

function question({ id, plan, state }: AskedRollout, when: string, nowMs: number): string {
  const { name, namespace, targetRef, baseline, canary, steps } = plan;
  const traffic = trafficOf(plan, state);
  return JSON.stringify({
    type: `rollout.${when}`,
    timestamp: new Date(nowMs).toISOString(),
    data: {
      ...{ rollout: id, plan: name, namespace, service: targetRef, baseline, canary, phase: state.phase },
      ...{ step: state.step + 1, steps: steps.length },
      weight: traffic.kind === "weight" ? traffic.canary : 0,
    },
  });
}
