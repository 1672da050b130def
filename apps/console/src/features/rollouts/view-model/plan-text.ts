import type { Finding } from "@weir/domain";
import { type PlacedFinding, placeAt, placeFinding } from "@weir/policy-text/placed-finding";
import { LineCounter, parseDocument, stringify } from "yaml";
import { readFormDocument } from "../../policies/view-model/form-document.ts";
import { editText } from "../../policies/view-model/form-edit.ts";
import type { PlanDraft } from "./plan-draft.ts";
import { planEdits } from "./plan-edits.ts";

const head = ["name", "namespace", "targetRef", "baseline", "canary", "steps"];

/** A plan as the YAML that `weir rollout start -f` takes. */
export function writePlanText(plan: PlanDraft): string {
  const members: Readonly<Record<string, unknown>> = { ...plan };
  const order = [...head, ...Object.keys(members).filter((key) => !head.includes(key))];
  const written = order.flatMap((key) => (members[key] === undefined ? [] : [[key, members[key]]]));
  return stringify(Object.fromEntries(written), { lineWidth: 100 });
}

/** A text that somebody wrote, and the plan that it was read as. */
export interface WrittenPlan {
  readonly text: string;
  readonly plan: PlanDraft;
}

/** A plan as text: what was written, with all that fields have changed since; comments stay, and lines that say what they said. */
export function planText(plan: PlanDraft, written: WrittenPlan | undefined): string {
  if (written === undefined) return writePlanText(plan);
  return written.plan === plan ? written.text : rewrite(written.text, plan);
}

function rewrite(text: string, plan: PlanDraft): string {
  const document = readFormDocument(text);
  if (document.state === "waiting") return writePlanText(plan);
  // As JSON a plan has no member that is undefined.
  return editText(text, planEdits(document.value, JSON.parse(JSON.stringify(plan))));
}

export interface ReadText {
  /** What the text says; undefined where it is no YAML. */
  readonly value: unknown;
  readonly problem: PlacedFinding | undefined;
}

export function readPlanText(text: string): ReadText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refused = (message: string, at: readonly [number, number]): ReadText => ({
    value: undefined,
    problem: placeAt(notYaml(message), at, lines),
  });
  const [error] = document.errors;
  if (error) return refused(error.message, [error.pos[0], error.pos[1]]);
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problem: undefined };
  } catch (cause) {
    return refused(cause instanceof Error ? cause.message : String(cause), [0, 0]);
  }
}

/** Puts each finding at the part of the text that it is about, or the nearest part around it. */
export function placeInText(text: string, findings: readonly Finding[]): PlacedFinding[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return findings.map((finding) => placeFinding(finding, document, lines, [0, 0]));
}

function notYaml(message: string): Finding {
  return {
    ...{ code: "not-yaml", path: "", severity: "error" },
    message: `is not YAML: ${message}`,
    fix: "Correct the YAML at this place.",
  };
}
