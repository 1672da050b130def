"use client";

import { healthOf } from "@weir/graph";
import { ChartGantt, Rocket, Split, Waypoints } from "lucide-react";
import Link from "next/link";
import type { ServiceNode } from "../../../server/services/get.ts";
import { buttonClasses } from "../../../ui/button.tsx";
import { canaryPath, newRolloutPath, rolloutPath, tracesPath, useLink } from "../../frame/index.ts";
import { ServiceModeSwitch } from "../../modes/index.ts";
import { HealthGlyph, HealthReason, healthWords } from "../../topology/index.ts";
import { useRunningRollout } from "../hooks/use-running-rollout.ts";

/** What the service is, how it does and why, its mode, and where else to look. */
export function ServiceHeader({ node }: { node: ServiceNode }) {
  const link = useLink();
  const health = healthOf(node);
  const running = useRunningRollout(node);
  const links = [
    { href: `/?node=${encodeURIComponent(node.id)}`, icon: Waypoints, text: "On the map" },
    { href: tracesPath(node), icon: ChartGantt, text: "Traces" },
    ...(node.kind === "service"
      ? [
          { href: canaryPath(node), icon: Split, text: "Canary" },
          running
            ? { href: rolloutPath(running.id), icon: Rocket, text: `Rollout ${running.id}` }
            : { href: newRolloutPath(node), icon: Rocket, text: "Start a rollout" },
        ]
      : []),
  ];
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 grow">
        <h1 className="break-words font-semibold text-lg">
          {node.name}{" "}
          <span className="font-normal text-muted text-sm">{node.namespace || "no namespace"}</span>
        </h1>
        <p className="flex flex-wrap items-center gap-1.5 text-muted">
          <HealthGlyph health={health} /> {healthWords[health]}
          {node.kind === "seen" && " · known by telemetry only, no sidecar"}
        </p>
        <HealthReason outcomes={node} />
        <nav aria-label={`More about ${node.name}`} className="mt-2 flex flex-wrap gap-2">
          {links.map(({ href, icon: Icon, text }) => (
            <Link key={text} href={link(href)} className={buttonClasses("secondary", "normal")}>
              <Icon size={15} aria-hidden /> {text}
            </Link>
          ))}
        </nav>
      </div>
      {node.kind === "service" && (
        <div className="shrink-0">
          <ServiceModeSwitch namespace={node.namespace} service={node.name} />
        </div>
      )}
    </header>
  );
}
