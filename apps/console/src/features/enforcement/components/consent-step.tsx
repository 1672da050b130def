"use client";

import { type Consent, fewestRequests } from "@weir/rollout";
import { CircleCheck } from "lucide-react";
import { plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { callerWords } from "../view-model/caller-words.ts";
import { deniedCount, deniedWords } from "../view-model/denied-words.ts";
import { type EnforcePreview, openQuestions } from "../view-model/enforce-preview.ts";
import { ConsentTick } from "./consent-tick.tsx";
import { NextStep } from "./next-step.tsx";

interface ConsentStepProps {
  readonly preview: EnforcePreview;
  readonly consent: Consent;
  onChange(consent: Consent): void;
}

/** One tick for each caller that would be denied, and for each policy of which nothing is known. None is set beforehand. */
export function ConsentStep({ preview: { gate }, consent, onChange }: ConsentStepProps) {
  const open = openQuestions(gate, consent);
  const isNothing = gate.denied.length + gate.unproven.length + gate.unheard.length === 0;
  return (
    <>
      <Panel title="What you agree to">
        {isNothing && (
          <p className="flex items-center gap-2 text-muted">
            <CircleCheck size={16} aria-hidden className="text-ok" /> Nobody is denied anything, and every
            policy was seen at work on whoever called within a day: there is nothing to agree to.
          </p>
        )}
        {gate.denied.length > 0 && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-2 font-medium">
              Deny {plural(gate.denied.length, "caller")} what would have been answered
            </legend>
            {gate.denied.map((caller) => (
              <ConsentTick
                key={`${caller.namespace}/${caller.service}`}
                name={`${caller.namespace}/${caller.service}`}
                agreed={consent.denied}
                onChange={(denied) => onChange({ ...consent, denied })}
              >
                Deny <strong>{callerWords(caller)}</strong> {deniedWords(caller)}{" "}
                <span className="text-muted">{deniedCount(caller)}</span>
              </ConsentTick>
            ))}
          </fieldset>
        )}
        {gate.unproven.length > 0 && (
          <fieldset className="mt-4 flex flex-col gap-2 first:mt-0">
            <legend className="mb-2 font-medium">
              Enforce without evidence: fewer than {fewestRequests} requests have met{" "}
              {gate.unproven.length === 1 ? "this policy" : "these policies"} in the window
            </legend>
            {gate.unproven.map((name) => (
              <ConsentTick
                key={name}
                name={name}
                agreed={consent.unproven}
                onChange={(unproven) => onChange({ ...consent, unproven })}
              >
                Enforce <strong>{name}</strong> although nobody knows what it will do
              </ConsentTick>
            ))}
          </fieldset>
        )}
        {gate.unheard.length > 0 && (
          <fieldset className="mt-4 flex flex-col gap-2 first:mt-0">
            <legend className="mb-2 font-medium">
              Called within the last day, and nothing was judged of them since
            </legend>
            {gate.unheard.map((caller) => (
              <ConsentTick
                key={`${caller.namespace}/${caller.service}`}
                name={`${caller.namespace}/${caller.service}`}
                agreed={consent.unheard ?? []}
                onChange={(unheard) => onChange({ ...consent, unheard })}
              >
                Enforce although nobody knows how <strong>{callerWords(caller)}</strong> would fare{" "}
                <span className="text-muted">({caller.policies.join(", ")})</span>
              </ConsentTick>
            ))}
          </fieldset>
        )}
      </Panel>
      <NextStep to="guard" disabled={open > 0}>
        Next: the guard
      </NextStep>
    </>
  );
}
