"use client";

import { useQuery } from "@tanstack/react-query";
import { serviceIdText } from "@weir/domain/browser";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/select.tsx";
import { versionHues } from "../../canaries/index.ts";
import { BackLink } from "../../frame/back-link.tsx";
import { newRolloutPath } from "../../frame/index.ts";
import { UnknownService } from "../../frame/unknown-service.tsx";
import { firstPlan } from "../view-model/templates.ts";
import { PlanEditor } from "./plan-editor.tsx";

/** A rollout that has not begun: whose it is, and its plan. */
export function NewRolloutPage() {
  const trpc = useTRPC();
  const services = useQuery(trpc.modes.state.queryOptions());
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 pb-0! md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/rollouts">Rollouts</BackLink>
        <h1 className="font-semibold text-lg">New rollout</h1>
      </header>
      <Answer query={services} what="the services" rows={12}>
        {(state) =>
          state.services.length === 0 ? (
            <EmptyState title="No service yet">
              A rollout brings a service's next version to its requests. A service appears as soon as its
              sidecar registers.
            </EmptyState>
          ) : (
            <Chosen services={state.services} />
          )
        }
      </Answer>
    </div>
  );
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** The service stands in the address; without one there the first is meant. */
function Chosen({ services }: { services: readonly Named[] }) {
  const [asked, setAsked] = useQueryState("service", parseAsString.withDefault(""));
  const service = asked === "" ? services[0] : services.find((one) => idOf(one) === asked);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <span className="text-muted">Service</span>
        <Select
          label="Service"
          value={service && idOf(service)}
          placeholder="Choose a service"
          onChange={(next) => void setAsked(next)}
          options={services.map(idOf).map((value) => ({ value, label: value }))}
          className="w-64"
        />
      </div>
      {service ? (
        <Found key={idOf(service)} service={service} />
      ) : (
        <UnknownService {...{ asked, services }} pathOf={newRolloutPath} />
      )}
    </>
  );
}

function idOf({ namespace, name }: Named): string {
  return serviceIdText({ namespace, service: name });
}

function Found({ service: { namespace, name } }: { service: Named }) {
  const found = useQuery(useTRPC().canaries.get.queryOptions({ namespace, service: name }));
  return (
    <Answer query={found} what="the service" rows={8}>
      {(data) => <WithVersions service={data} />}
    </Answer>
  );
}

function WithVersions({ service }: { service: CanaryService }) {
  const { namespace, service: name, versions, readyVersions, stableVersion } = service;
  if (versions.length < 2)
    return (
      <EmptyState title={`${name} has one version`}>
        A rollout needs a second one to go to. As soon as a sidecar registers it, the plan can be written.
      </EmptyState>
    );
  const subject = { namespace, service: name, versions: readyVersions, stableVersion };
  return (
    <PlanEditor first={firstPlan("canary", subject)} versions={versions} hueOf={versionHues(versions)} />
  );
}
