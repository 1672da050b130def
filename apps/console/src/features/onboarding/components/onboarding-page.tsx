"use client";

import { useQuery } from "@tanstack/react-query";
import { Clock } from "lucide-react";
import { alone } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { CodeBlock } from "../../../ui/code-block.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { useWindow, windowWords } from "../../time/index.ts";
import { firstChecks } from "../view-model/first-checks.ts";
import { firstSteps } from "../view-model/first-steps.ts";
import { reachableAddress } from "../view-model/reachable-address.ts";
import { FirstChecksList } from "./first-checks-list.tsx";

const everyMs = 1_500;

/**
 * In the place of an empty map: how to send the first telemetry, and how far that has come. Where something was measured
 * before, only the window is empty, and that is said instead.
 */
export function OnboardingPage() {
  const trpc = useTRPC();
  const polled = { trpc: alone, refetchInterval: everyMs, retry: false };
  const sources = useQuery(trpc.mesh.sources.queryOptions(undefined, polled));
  const signs = useQuery(trpc.onboarding.firstSigns.queryOptions(undefined, polled));
  if (signs.data?.edges) return <NothingInWindow />;
  const reach = (url: string) => reachableAddress(url, window.location.hostname);
  const steps =
    signs.data &&
    firstSteps({ collector: reach(signs.data.collectorUrl), controller: reach(signs.data.controllerUrl) });
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
      <div>
        <h1 className="font-semibold text-lg">No service yet: send the first telemetry</h1>
        <p className="mt-1 max-w-prose text-muted">
          The map draws itself from what your services report. Take any of these ways; this page sees by
          itself what arrives, and the map takes its place.
        </p>
      </div>
      <Panel>
        <FirstChecksList checks={firstChecks(sources.data, signs.data)} />
      </Panel>
      <div className="grid gap-4 lg:grid-cols-2">
        {steps?.map(({ title, text, code, what }) => (
          <Panel key={title} title={title}>
            <p className="mb-3 text-muted">{text}</p>
            <CodeBlock text={code} what={what} />
          </Panel>
        ))}
      </div>
    </div>
  );
}

function NothingInWindow() {
  const { length, setLength } = useWindow();
  return (
    <EmptyState title="Nothing in this window" icon={<Clock size={30} aria-hidden />}>
      <p className="mb-4">
        No service was measured in the {windowWords(length)}; before, some were. Perhaps nothing calls them
        now, or their telemetry no longer arrives: the Mesh page shows when the last came.
      </p>
      <Button onClick={() => void setLength("24h")}>Show the last 24 hours</Button>
    </EmptyState>
  );
}
