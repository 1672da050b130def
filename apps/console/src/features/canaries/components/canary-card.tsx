"use client";

import Link from "next/link";
import type { CanaryListItem } from "../../../server/canaries/list.ts";
import { buttonClasses } from "../../../ui/button.tsx";
import { formatRate } from "../../../ui/format/numbers.ts";
import { canaryPath, useLink } from "../../frame/index.ts";
import { ModeSign } from "../../modes/index.ts";
import { originText } from "../view-model/canary-sentence.ts";
import { versionHues } from "../view-model/version-hue.ts";
import { SplitBar, SplitBars } from "./split-bar.tsx";

/** A service in the list: its weights, what the sidecars decided, what they observed, and the mode with its reason. */
export function CanaryCard({ item }: { item: CanaryListItem }) {
  const link = useLink();
  const { service } = item;
  const { canary, namespace } = service;
  const inForce = canary?.inForce ?? service.inForce;
  const hueOf = versionHues([...service.versions, ...item.observed.map((one) => one.version)]);
  const href = link(canaryPath({ namespace, name: service.service }));
  return (
    <section
      aria-label={`${service.service} in ${namespace}`}
      className="rounded-md border border-line bg-surface p-4"
    >
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-semibold">
          <Link href={href} className="hover:underline">
            {service.service}
          </Link>{" "}
          <span className="font-normal text-muted">{namespace}</span>
        </h2>
        <ModeSign mode={inForce.origin === "hold" ? "hold" : inForce.mode} />
        <span className="grow text-muted text-xs">
          {originText({ ...inForce, namespace, service: service.service })} · {formatRate(item.rps)}
        </span>
        <Link href={href} className={buttonClasses(canary ? "secondary" : "primary", "small")}>
          {canary ? "Open" : "Start a canary"}
        </Link>
      </header>
      <SplitBars>
        <SplitBar
          label="Weights"
          hollow={inForce.mode === "observe"}
          parts={(canary?.backends ?? []).map(({ version, weight }) => ({ version, share: weight / 100 }))}
          hueOf={hueOf}
          empty={`no canary: all to ${service.stableVersion ?? "the stable version"}`}
        />
        {canary && (
          <SplitBar
            label="Decided"
            hollow={inForce.mode === "observe"}
            parts={item.decided}
            hueOf={hueOf}
            empty="no decisions in this window"
          />
        )}
        <SplitBar label="Observed" parts={item.observed} hueOf={hueOf} empty="no requests in this window" />
      </SplitBars>
    </section>
  );
}
