"use client";

import { useQuery } from "@tanstack/react-query";
import type { PolicyKind } from "@weir/domain";
import { serviceIdText } from "@weir/domain/browser";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Select } from "../../../ui/select.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { useLink } from "../../frame/index.ts";
import { UnknownService } from "../../frame/unknown-service.tsx";
import { useWindow } from "../../time/index.ts";
import { usePolicyDraft } from "../hooks/use-policy-draft.ts";
import { kindWords } from "../view-model/kind-words.ts";
import { newPolicyPath, policyPath } from "../view-model/policy-path.ts";
import { templateOf } from "../view-model/templates.ts";
import { PolicyEditor } from "./policy-editor.tsx";
import { PolicyPreview } from "./policy-preview.tsx";

interface Named {
  readonly namespace: string;
  readonly name: string;
}

const kinds = Object.keys(kindWords) as PolicyKind[];

/** A policy that does not exist yet: its kind, its service, and a first draft to go on from. */
export function NewPolicyPage() {
  const services = useQuery(useTRPC().modes.state.queryOptions());
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/policies">Policies</BackLink>
        <h1 className="grow font-semibold text-lg">New policy</h1>
      </header>
      <Answer query={services} what="the services" rows={12}>
        {(state) =>
          state.services.length === 0 ? (
            <EmptyState title="No service yet">
              A policy is about the requests of a service. One appears as soon as its sidecar registers.
            </EmptyState>
          ) : (
            <Choice services={state.services} />
          )
        }
      </Answer>
    </div>
  );
}

/** What the policy is and whose requests it is about; both stand in the address. Without a service there the first is meant. */
function Choice({ services }: { services: readonly Named[] }) {
  const [{ kind, target }, choose] = useQueryStates({
    kind: parseAsStringLiteral(kinds).withDefault("route"),
    target: parseAsString.withDefault(""),
  });
  const service = target === "" ? services[0] : services.find((one) => idOf(one) === target);
  return (
    <>
      <Panel>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-3 sm:gap-x-3">
          <Select
            label="Kind"
            value={kind}
            onChange={(next) => void choose({ kind: next })}
            options={kinds.map((value) => ({ value, label: kindWords[value].name }))}
            className="min-w-0 max-sm:flex-1 sm:w-48"
          />
          <span className="text-muted">of</span>
          <Select
            label="Service"
            value={service && idOf(service)}
            placeholder="Choose a service"
            onChange={(next) => void choose({ target: next })}
            options={services.map(idOf).map((value) => ({ value, label: value }))}
            className="min-w-0 max-sm:flex-1 sm:w-56"
          />
          <p className="text-muted max-sm:basis-full">{kindWords[kind].does}</p>
        </div>
      </Panel>
      {service ? (
        <Chosen {...{ kind, service }} />
      ) : (
        <UnknownService {...{ asked: target, services }} pathOf={(one) => newPolicyPath(kind, one)} />
      )}
    </>
  );
}

function idOf({ namespace, name }: Named): string {
  return serviceIdText({ namespace, service: name });
}

function Chosen({ kind, service }: { kind: PolicyKind; service: Named }) {
  const { namespace, name } = service;
  const trpc = useTRPC();
  const found = useQuery(trpc.canaries.get.queryOptions({ namespace, service: name }));
  const { length } = useWindow();
  const others = useQuery(trpc.policies.list.queryOptions({ window: length }, { staleTime: Infinity }));
  return (
    <Answer query={found} what="the service" rows={8}>
      {({ versions }) => (
        <Answer query={others} what="the policies" rows={8}>
          {(policies) => {
            const taken = policies.filter((policy) => policy.namespace === namespace).map((p) => p.name);
            const text = templateOf(kind, { namespace, service: name, versions, taken });
            const page = newPolicyPath(kind, service);
            return <FirstDraft key={page} {...{ page, text }} />;
          }}
        </Answer>
      )}
    </Answer>
  );
}

/** @param page where it is written */
function FirstDraft({ page, text }: { page: string; text: string }) {
  const router = useRouter();
  const linkTo = useLink();
  const draft = usePolicyDraft({ text, revision: 0 }, page);
  return (
    <>
      <PolicyEditor
        draft={draft}
        edited={undefined}
        liveText=""
        onSaved={(saved) => {
          draft.saved(saved);
          router.push(linkTo(policyPath(saved)));
        }}
      />
      <PolicyPreview text={draft.text} page={page} />
    </>
  );
}
