"use client";

import { useQuery } from "@tanstack/react-query";
import type { PolicyKind } from "@weir/domain";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Select } from "../../../ui/select.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { useLink } from "../../frame/index.ts";
import { useWindow } from "../../time/index.ts";
import { usePolicyDraft } from "../hooks/use-policy-draft.ts";
import { kindWords } from "../view-model/kind-words.ts";
import { policyPath } from "../view-model/policy-path.ts";
import { templateOf } from "../view-model/templates.ts";
import { PolicyEditor } from "./policy-editor.tsx";
import { PolicyPreview } from "./policy-preview.tsx";

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
            <Choice services={state.services.map(({ namespace, name }) => `${namespace}/${name}`)} />
          )
        }
      </Answer>
    </div>
  );
}

/** What the policy is and whose requests it is about; both stand in the address. */
function Choice({ services }: { services: readonly string[] }) {
  const [{ kind, target }, choose] = useQueryStates({
    kind: parseAsStringLiteral(kinds).withDefault("route"),
    target: parseAsString.withDefault(services[0] ?? ""),
  });
  const service = services.includes(target) ? target : (services[0] ?? "");
  const trpc = useTRPC();
  const [namespace = "", name = ""] = service.split("/");
  const found = useQuery(trpc.canaries.get.queryOptions({ namespace, service: name }));
  const { length } = useWindow();
  const others = useQuery(trpc.policies.list.queryOptions({ window: length }, { staleTime: Infinity }));
  return (
    <>
      <Panel>
        <div className="flex flex-wrap items-center gap-3">
          <Select
            label="Kind"
            value={kind}
            onChange={(next) => void choose({ kind: next })}
            options={kinds.map((value) => ({ value, label: kindWords[value].name }))}
            className="w-48"
          />
          <span className="text-muted">of</span>
          <Select
            label="Service"
            value={service}
            onChange={(next) => void choose({ target: next })}
            options={services.map((value) => ({ value, label: value }))}
            className="w-56"
          />
          <p className="text-muted">{kindWords[kind].does}</p>
        </div>
      </Panel>
      <Answer query={found} what="the service" rows={8}>
        {({ versions }) => (
          <Answer query={others} what="the policies" rows={8}>
            {(policies) => {
              const taken = policies.filter((policy) => policy.namespace === namespace).map((p) => p.name);
              const text = templateOf(kind, { namespace, service: name, versions, taken });
              return <FirstDraft key={`${kind} ${service}`} {...{ kind, service, text }} />;
            }}
          </Answer>
        )}
      </Answer>
    </>
  );
}

interface FirstDraftProps {
  readonly kind: PolicyKind;
  /** As `namespace/name`. */
  readonly service: string;
  readonly text: string;
}

function FirstDraft({ kind, service, text }: FirstDraftProps) {
  const router = useRouter();
  const linkTo = useLink();
  const page = `/policies/new?${new URLSearchParams({ kind, target: service })}`;
  const draft = usePolicyDraft({ text, revision: 0 }, page);
  return (
    <>
      <PolicyEditor
        draft={draft}
        edited={undefined}
        liveText=""
        onSaved={(saved) => {
          draft.reset();
          router.push(linkTo(policyPath(saved)));
        }}
      />
      <PolicyPreview text={draft.text} page={page} />
    </>
  );
}
