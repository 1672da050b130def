import { type Mode, type RevisedPolicy, type SnapshotPolicy, snapshotPolicyOf } from "@weir/domain";

/**
 * What was made of each policy, so that of ten thousand a change of one is made and written anew once: a revision never changes its
 * content, and the store gives the same object as long as it is in force.
 */
export class PolicyTexts {
  readonly #made = new WeakMap<RevisedPolicy, SnapshotPolicy>();
  readonly #texts = new WeakMap<SnapshotPolicy, string>();

  readonly policyOf = (policy: RevisedPolicy, mode: Mode): SnapshotPolicy => {
    const known = this.#made.get(policy);
    if (known?.mode === mode) return known;
    const made = snapshotPolicyOf(policy, mode);
    this.#made.set(policy, made);
    return made;
  };

  readonly textOf = (policy: SnapshotPolicy): string => {
    const known = this.#texts.get(policy);
    if (known !== undefined) return known;
    const text = JSON.stringify(policy);
    this.#texts.set(policy, text);
    return text;
  };
}
