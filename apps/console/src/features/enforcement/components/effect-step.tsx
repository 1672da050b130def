"use client";

import { useQuery } from "@tanstack/react-query";
import type { ModeSwitch } from "@weir/domain";
import { Pause } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import { plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { useWindow, useWindowWords } from "../../time/index.ts";
import type { EnforcePreview } from "../view-model/enforce-preview.ts";
import { effectScopeOf, examplesOf } from "../view-model/example-traces.ts";
import { namedSwitch } from "../view-model/switch-words.ts";
import { DeniedCallerItem } from "./denied-caller.tsx";
import { NextStep } from "./next-step.tsx";
import { PredictedPolicy } from "./predicted-policy.tsx";

/** What the policies that begin to act would have done to the requests of the page's window: first who would break. */
export function EffectStep({ at, preview }: { at: ModeSwitch; preview: EnforcePreview }) {
  const { length } = useWindow();
  const words = useWindowWords(length);
  const { policies } = preview.prediction;
  const { denied } = preview.gate;
  const scope = effectScopeOf(at);
  const routes = useQuery(
    useTRPC().preview.routes.queryOptions({ scope, window: length }, { enabled: denied.length > 0 }),
  );
  return (
    <>
      {preview.held && (
        <p role="status" className="flex items-center gap-2 rounded-md bg-hold px-3 py-2 text-on-hold">
          <Pause size={15} aria-hidden /> The mesh is on hold: what is enforced now begins to act when it is
          released.
        </p>
      )}
      {preview.inherits && (
        <p role="status" className="rounded-md bg-observe-soft px-3 py-2 text-observe">
          What stands above {namedSwitch(at)} is enforced, so inheriting from it would do the same. This
          enforces it by a mode of its own, with which the guard can take it back; afterwards it may inherit.
        </p>
      )}
      <Panel
        title="Who would be denied"
        aside={<span className="text-muted text-xs">requests of the {words}</span>}
      >
        {denied.length === 0 ? (
          <p className="text-muted">
            {policies.some(({ evaluated }) => evaluated > 0)
              ? "Nobody: of the requests that these policies judged, none would have gone without its answer."
              : "Nobody is known: no request was judged in this window."}
          </p>
        ) : (
          <>
            <ul aria-label="Callers that would be denied">
              {denied.map((caller) => (
                <DeniedCallerItem
                  key={`${caller.namespace}/${caller.service}`}
                  caller={caller}
                  examples={examplesOf(routes.data, caller)}
                />
              ))}
            </ul>
            <p className="mt-2 text-muted text-xs">
              Counted are requests that at least one policy would deny, each once. Several policies may mean
              the same requests: then it is from how many to how many.
            </p>
          </>
        )}
      </Panel>
      <Panel
        title={
          policies.length === 0
            ? "No policy begins to act"
            : `${plural(policies.length, "policy begins", "policies begin")} to act`
        }
      >
        {policies.length === 0 ? (
          <p className="text-muted">
            No policy follows this switch from observe to enforce, so no request goes differently. Those that
            come later will act at once.
          </p>
        ) : (
          <ul aria-label="Policies" className="flex flex-col">
            {policies.map((policy) => (
              <PredictedPolicy key={`${policy.namespace}/${policy.name}`} policy={policy} />
            ))}
          </ul>
        )}
      </Panel>
      <NextStep to="consent">Next: what to agree to</NextStep>
    </>
  );
}
