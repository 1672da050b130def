import type { RolloutPlan } from "@weir/rollout";

/** Somebody else edited the plan meanwhile. The code is that of a policy's stale revision: the same happened. */
export class StalePlan extends Error {
  readonly code = "STALE_REVISION";
  /** The plan the edit was based on; undefined when it never was. */
  readonly expected: RolloutPlan | undefined;
  readonly current: RolloutPlan;

  constructor(
    expectedRevision: number,
    expected: RolloutPlan | undefined,
    current: RolloutPlan,
    revision: number,
  ) {
    super(
      `the plan was changed meanwhile: the edit is based on revision ${expectedRevision}, the current one is ${revision}`,
    );
    this.name = "StalePlan";
    this.expected = expected;
    this.current = current;
  }
}
