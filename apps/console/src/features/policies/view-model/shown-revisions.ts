import type { CheckedDraft } from "../../../server/policies/check.ts";

/** The revision of a policy that somebody was shown as the one in force; 0: there was none. */
export interface ShownRevision {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
}

/** What the drafts of a text would take the place of. */
export function shownRevisions(drafts: readonly CheckedDraft[]): ShownRevision[] {
  return drafts.flatMap(({ policy, liveRevision }) =>
    policy ? [{ namespace: policy.namespace, name: policy.name, revision: liveRevision }] : [],
  );
}

/** The same for the same revisions, and no other. */
export function shownKey(shown: readonly ShownRevision[]): string {
  return shown.map(({ namespace, name, revision }) => `${namespace}/${name} ${revision}`).join("\n");
}
