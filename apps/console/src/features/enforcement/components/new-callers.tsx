"use client";

import { requestsOf } from "@weir/rollout";
import type { ShownProgress } from "../../../server/enforcement/shown-enforcement.ts";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { callerWords } from "../view-model/caller-words.ts";

/** Callers that nobody predicted. They are not held against a policy: that may be refusing strangers, which is its purpose. */
export function NewCallers({ rows }: { rows: ShownProgress["newCallers"] }) {
  return (
    <Panel
      title="Callers that came since"
      aside={<span className="text-muted text-xs">not held against the policy</span>}
    >
      <ul className="flex flex-col gap-1">
        {rows.map(({ policy, caller }) => (
          <li key={`${policy} ${caller.namespace}/${caller.service}`}>
            <span className="font-medium">{callerWords(caller)}</span>{" "}
            <span className="text-muted">
              {plural(requestsOf(caller), "request")}, {policy} acted on {formatCount(caller.acts)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
