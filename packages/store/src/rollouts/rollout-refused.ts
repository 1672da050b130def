/** A command that doesn't apply to what the rollout is doing now. One sentence that says why. */
export class RolloutRefused extends Error {
  readonly code = "ROLLOUT_REFUSED";

  constructor(reason: string) {
    super(reason);
    this.name = "RolloutRefused";
  }
}
