/** What is wrong with a plan as it is written, by its code, and what to do about it. docs/rollouts.md has the same. */
export const planFixes = {
  "same-version": "Name the version that is to take over.",
  "no-evidence": "Write one of them, or leave checks out.",
  "step-order": "Put mirrors first, then matches, then ascending weights.",
  "no-end": "End with { weight: 100, forMs: … }.",
  "never-over": "Raise it, or shorten the steps.",
  "pre-needs-start": "Begin with { weight: 0, forMs: 0 }.",
  "name-twice": "Rename one.",
} as const;

export type PlanCode = keyof typeof planFixes;
