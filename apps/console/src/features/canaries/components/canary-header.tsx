"use client";

import { Rocket } from "lucide-react";
import Link from "next/link";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import type { CanaryTraffic } from "../../../server/canaries/traffic.ts";
import { buttonClasses } from "../../../ui/button.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { newRolloutPath, useLink } from "../../frame/index.ts";
import { ServiceModeSwitch } from "../../modes/index.ts";
import type { CanaryDraft } from "../hooks/use-canary-draft.ts";
import { besideWeights } from "../view-model/beside-weights.ts";
import { canarySentence, originText } from "../view-model/canary-sentence.ts";
import { versionHues } from "../view-model/version-hue.ts";
import { SplitBar, SplitBars } from "./split-bar.tsx";

interface HeaderProps {
  readonly service: CanaryService;
  readonly traffic: CanaryTraffic | undefined;
  readonly draft: CanaryDraft;
  /** By a rollout; there is but one at a time. */
  readonly isSteered: boolean;
}

/** The sentence, the split that is assigned beside the one observed, and the switch. */
export function CanaryHeader({ service, traffic, draft, isSteered }: HeaderProps) {
  const link = useLink();
  const { canary, stableVersion, namespace } = service;
  const inForce = canary?.inForce ?? service.inForce;
  const recent = Object.entries(traffic?.recent ?? {}).map(([version, requests]) => ({ version, requests }));
  const total = recent.reduce((sum, { requests }) => sum + requests, 0);
  const hueOf = versionHues(draft.live.map((backend) => backend.version));
  const sentence = canarySentence({
    namespace,
    service: service.service,
    weights: canary?.backends,
    stableVersion,
    ...inForce,
    rps: traffic?.rps ?? 0,
    recent,
  });
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/canaries">Canaries</BackLink>
        <h1 className="grow font-semibold text-lg">
          {service.service} <span className="font-normal text-muted">{namespace}</span>
        </h1>
        {!isSteered && (
          <Link
            href={link(newRolloutPath({ namespace, name: service.service }))}
            className={buttonClasses("secondary", "normal")}
          >
            <Rocket size={15} aria-hidden /> Start a rollout
          </Link>
        )}
        <ServiceModeSwitch namespace={namespace} service={service.service} />
      </div>
      {traffic ? (
        <p className="max-w-3xl text-base">{sentence}</p>
      ) : (
        <p className="text-base text-faint">Reading traffic…</p>
      )}
      {canary && inForce.mode === "enforce" && inForce.origin !== "service" && (
        <p className="text-muted text-xs">
          In enforce because {originText({ ...inForce, namespace, service: service.service })}.
        </p>
      )}
      <BesideWeights service={service} />
      <div className="max-w-3xl rounded-md border border-line bg-surface p-4">
        <SplitBars>
          <SplitBar
            label={inForce.mode === "enforce" ? "Assigned" : "Would be"}
            hollow={inForce.mode === "observe"}
            parts={draft.live.map(({ version, weight }) => ({ version, share: weight / 100 }))}
            hueOf={hueOf}
          />
          <SplitBar
            label="Observed now"
            parts={
              total === 0
                ? []
                : draft.live.map(({ version }) => ({
                    version,
                    share: (traffic?.recent[version] ?? 0) / total,
                  }))
            }
            hueOf={hueOf}
            empty="no requests in the last minute"
          />
        </SplitBars>
      </div>
    </header>
  );
}

/** What else decides where requests go. */
function BesideWeights({ service }: { service: CanaryService }) {
  const routes = service.otherPolicies.filter((policy) => policy.kind === "route");
  const canaries = service.otherPolicies.filter((policy) => policy.kind === "canary");
  const beside = service.canary ? besideWeights(service.canary) : [];
  if (routes.length + canaries.length + beside.length === 0) return null;
  return (
    <ul className="text-muted text-xs">
      {beside.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {routes.map(({ name }) => (
        <li key={name}>Route {name} decides first about the requests it matches.</li>
      ))}
      {canaries.map(({ name }) => (
        <li key={name}>
          Canary {name} never decides: {service.canary?.name} comes first by name.
        </li>
      ))}
    </ul>
  );
}
