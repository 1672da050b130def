import type { EnforcementPhase } from "@weir/store";

export interface PhaseWords {
  readonly word: string;
  readonly means: string;
  /** Classes of its sign. */
  readonly look: string;
}

export const phaseWords: Readonly<Record<EnforcementPhase, PhaseWords>> = {
  watching: {
    word: "watched",
    means: "Enforced, and the guard compares what happens with what was predicted.",
    look: "bg-enforce-soft text-enforce",
  },
  kept: {
    word: "kept",
    means: "Enforced. It did as predicted; nobody watches any more.",
    look: "bg-ok-soft text-ok",
  },
  takenBack: {
    word: "taken back",
    means: "Back to what it was before the switch.",
    look: "bg-failing-soft text-failing",
  },
  ended: {
    word: "not watched",
    means: "The guard has gone: somebody changed the switch, or too little was to be seen.",
    look: "bg-degraded-soft text-degraded",
  },
  unguarded: {
    word: "unguarded",
    means: "Enforced without a guard.",
    look: "bg-degraded-soft text-degraded",
  },
};
