import type { AskedWebhook } from "@weir/rollout";
import { z } from "zod";
import type { Answer } from "../webhooks/exchange.ts";
import { brief, parsed, type Verdict } from "./verdict-of-samples.ts";

/** What an asked webhook answers; anything else is no answer. The number shows that it speaks of this rollout. */
const GateAnswer = z.strictObject({
  rollout: z.number(),
  answer: z.enum(["yes", "no"]),
  reason: z.string().optional(),
});

/** What a webhook's answer says: no fails where it is asked before and in a step, and holds where it is to confirm. */
export function verdictOfAnswer(answer: Answer, rolloutId: number, when: AskedWebhook["when"]): Verdict {
  const { status, isCut, text } = answer;
  if (status >= 300 && status < 400) return unknown(`answered ${status}, a redirect, which is not followed`);
  if (status < 200 || status >= 300) return unknown(`answered ${status}`);
  if (isCut) return unknown("answered more than is read");
  const { data } = GateAnswer.safeParse(parsed(text));
  if (!data) return unknown("not the answer that is asked for: {rollout, answer, reason?}");
  if (data.rollout !== rolloutId) return unknown(`answered about rollout ${data.rollout}`);
  const said = `says ${data.answer}${data.reason ? `: ${brief(data.reason)}` : ""}`;
  if (data.answer === "yes") return { outcome: "pass", detail: said };
  return { outcome: when === "confirm" ? "unknown" : "fail", detail: said };
}

function unknown(detail: string): Verdict {
  return { outcome: "unknown", detail };
}
