"use client";

import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import type { CanaryTraffic as Traffic } from "../../../server/canaries/traffic.ts";
import { Panel } from "../../../ui/panel.tsx";
import { useChanges } from "../../changes/index.ts";
import { versionHues } from "../view-model/version-hue.ts";
import { DecisionTable } from "./decision-table.tsx";
import { ShareChart } from "./share-chart.tsx";
import { VersionSignals } from "./version-signals.tsx";

/** What came of the weights: signals of each version, shares over time, and what the sidecars decided. */
export function CanaryTraffic({ service, traffic }: { service: CanaryService; traffic: Traffic }) {
  const versions = [...new Set([...service.versions, ...traffic.versions.map((one) => one.version)])];
  const hueOf = versionHues(versions);
  const changes = useChanges({ namespace: service.namespace, name: service.service });
  return (
    <>
      <Panel title="Signals of each version" flush>
        <VersionSignals service={service} traffic={traffic} versions={versions} hueOf={hueOf} />
      </Panel>
      <div className={`grid gap-4 ${service.canary ? "lg:grid-cols-2" : ""}`}>
        <Panel title="Shares over time">
          <ShareChart traffic={traffic} changes={changes.data} hueOf={hueOf} />
        </Panel>
        {service.canary && (
          <Panel title="Decisions of the sidecars" flush>
            <DecisionTable decisions={traffic.decisions} />
          </Panel>
        )}
      </div>
    </>
  );
}
