"use client";

import { useQuery } from "@tanstack/react-query";
import type { ModeSwitch } from "@weir/domain";
import type { Consent } from "@weir/rollout";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { NoSuchPage } from "../../frame/index.ts";
import { useWindow } from "../../time/index.ts";
import { useEnforceSearch } from "../hooks/use-enforce-search.ts";
import type { EnforcePreview } from "../view-model/enforce-preview.ts";
import { namedSwitch, pathOfSwitch } from "../view-model/switch-words.ts";
import { AlreadyEnforced } from "./already-enforced.tsx";
import { ConsentStep } from "./consent-step.tsx";
import { EffectStep } from "./effect-step.tsx";
import { EnforceStepper } from "./enforce-stepper.tsx";
import { GuardStep } from "./guard-step.tsx";

/** ms. Sidecars tell within seconds what a policy decides. */
const askEveryMs = 5_000;
const nothing: Consent = { denied: [], unproven: [] };

/** From observe to enforce in three steps. Nothing changes before the last one. */
export function EnforcePage() {
  const { at } = useEnforceSearch();
  return at === undefined ? <NoSuchPage /> : <Guided at={at} />;
}

function Guided({ at }: { at: ModeSwitch }) {
  const { length } = useWindow();
  const preview = useQuery(
    useTRPC().enforcement.preview.queryOptions({ at, window: length }, { refetchInterval: askEveryMs }),
  );
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <BackLink to={pathOfSwitch(at)}>
          {at.scope === "policy" || at.scope === "service" ? at.name : "Policies"}
        </BackLink>
        <h1 className="font-semibold text-lg">Enforce {namedSwitch(at)}</h1>
      </header>
      <Answer query={preview} what="what would happen" rows={10}>
        {(found) => <Steps at={at} preview={found} />}
      </Answer>
    </div>
  );
}

function Steps({ at, preview }: { at: ModeSwitch; preview: EnforcePreview }) {
  const { step } = useEnforceSearch();
  const [consent, setConsent] = useState(nothing);
  if (preview.mode === undefined) return <NoSuchPage />;
  if (preview.mode === "enforce") return <AlreadyEnforced at={at} watching={preview.watching} />;
  return (
    <>
      <EnforceStepper preview={preview} consent={consent} />
      {step === "effect" && <EffectStep at={at} preview={preview} />}
      {step === "consent" && <ConsentStep preview={preview} consent={consent} onChange={setConsent} />}
      {step === "guard" && <GuardStep at={at} preview={preview} consent={consent} />}
    </>
  );
}
