import type { Command } from "@weir/rollout";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { shortStep, stepEffect } from "./step-words.ts";

export type CommandKind = Command["kind"];

export interface CommandWords {
  readonly kind: CommandKind;
  /** On the button. */
  readonly label: string;
  readonly question: string;
  /** What happens to traffic. */
  readonly effect: string;
  readonly look: "primary" | "secondary" | "enforce" | "danger";
}

type Told = Pick<ShownRollout, "plan" | "state">;

/** What can be asked of a rollout as it stands, and what would come of it. */
export function commandsOf({ plan, state }: Told): CommandWords[] {
  const { canary, baseline, targetRef, steps } = plan;
  const step = steps[state.step];
  if (step === undefined || (state.phase !== "running" && state.phase !== "paused")) return [];
  const next = steps[state.step + 1];
  const last = steps.at(-1) ?? step;
  const isLast = next === undefined;
  const resumes = state.phase === "paused" ? " The rollout goes on." : "";
  const found: (CommandWords | false)[] = [
    step.approval === true &&
      !state.approved && {
        kind: "approve",
        label: "Approve",
        question: `Approve step ${state.step + 1}?`,
        effect: `The step may pass once its other conditions hold; then ${next ? stepEffect(next, canary) : "the rollout has succeeded"}. Until then traffic stays as it is.`,
        look: "enforce",
      },
    state.phase === "paused"
      ? {
          kind: "resume",
          label: "Resume rollout",
          question: "Let the rollout go on?",
          effect: `Traffic stays as it is: ${stepEffect(step, canary)}. The evidence decides again on what comes next.`,
          look: "primary",
        }
      : {
          kind: "pause",
          label: "Pause rollout",
          question: "Pause the rollout?",
          effect: `Traffic stays as it is: ${stepEffect(step, canary)}. Harm that is found still takes ${canary} back.`,
          look: "secondary",
        },
    {
      kind: "skip",
      label: isLast ? "Finish now" : "Skip this step",
      question: isLast ? "Finish the rollout now?" : `Skip step ${state.step + 1} (${shortStep(step)})?`,
      effect: isLast
        ? `The rollout has succeeded at once: all requests go to ${canary}, which is the stable version from then on, and nothing watches it any more.`
        : `At once ${stepEffect(next, canary)}, without waiting for evidence. Guards and checks go on.${resumes}`,
      look: "secondary",
    },
    !isLast && {
      kind: "promote",
      label: "Promote",
      question: `Promote ${canary} now?`,
      effect: `At once ${stepEffect(last, canary)}, without the steps between. Only guards watch it there, for there is no baseline beside it.${resumes}`,
      look: "enforce",
    },
    {
      kind: "abort",
      label: "Abort",
      question: `Take ${canary} back?`,
      effect: `All requests of ${targetRef} go to ${baseline} in under a second. The rollout is over; what is known of it is kept.`,
      look: "danger",
    },
  ];
  return found.filter((one) => one !== false);
}

/** A command as it is sent: what leaves or approves a step names the one that was seen. */
export function commandOf(kind: CommandKind, step: number): Command {
  return kind === "approve" || kind === "skip" || kind === "promote" ? { kind, step } : { kind };
}
