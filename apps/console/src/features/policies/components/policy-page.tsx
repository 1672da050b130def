"use client";

import { useQuery } from "@tanstack/react-query";
import { servicePath } from "@weir/domain/browser";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import type { PolicyHead } from "../../../server/policies/policy-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { NoSuchPage, useLink } from "../../frame/index.ts";
import { ModeSign, PolicyModeSwitch } from "../../modes/index.ts";
import { ObservedPolicyPanel } from "../../preview/components/observed-policy-panel.tsx";
import { usePolicyDraft } from "../hooks/use-policy-draft.ts";
import { kindWords } from "../view-model/kind-words.ts";
import { policyPath } from "../view-model/policy-path.ts";
import { PolicyEditor } from "./policy-editor.tsx";
import { PolicyHistory } from "./policy-history.tsx";
import { PolicyPreview } from "./policy-preview.tsx";
import { RemovePolicy } from "./remove-policy.tsx";

/** One policy: what it is about, its YAML, and how it came about. */
export function PolicyPage({ namespace, name }: { namespace: string; name: string }) {
  const policy = useQuery(useTRPC().policies.get.queryOptions({ namespace, name }));
  const error = useLastingError(policy);
  if (problemOf(error).code === "NOT_FOUND") return <NoSuchPage />;
  return (
    <Answer query={policy} what="the policy" rows={12}>
      {(found) => (
        <Loaded
          key={`${namespace}/${name}`}
          {...{ namespace, name }}
          head={found?.head}
          liveText={found?.text ?? ""}
        />
      )}
    </Answer>
  );
}

interface LoadedProps {
  readonly namespace: string;
  readonly name: string;
  /** Undefined: it was deleted. */
  readonly head: PolicyHead | undefined;
  readonly liveText: string;
}

function Loaded({ namespace, name, head, liveText }: LoadedProps) {
  const router = useRouter();
  const linkTo = useLink();
  const revision = head?.revision ?? 0;
  const page = policyPath({ namespace, name });
  const draft = usePolicyDraft({ text: liveText, revision }, page);
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/policies">Policies</BackLink>
        <h1 className="grow font-semibold text-lg">
          {name} <span className="font-normal text-muted">{namespace}</span>
        </h1>
        {head && <PolicyModeSwitch head={head} />}
        {head && <RemovePolicy head={head} />}
      </header>
      {head ? (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <ModeSign mode={head.inForce.origin === "hold" ? "hold" : head.inForce.mode} />
          {kindWords[head.kind].name} of{" "}
          <Link
            href={linkTo(servicePath({ namespace, name: head.targetRef }))}
            className="text-accent hover:underline"
          >
            {head.targetRef}
          </Link>
          <span className="text-muted">{kindWords[head.kind].does}</span>
        </p>
      ) : (
        <p role="status">This policy was deleted. What it said stands below, and can be brought back.</p>
      )}
      {head && (
        <PolicyEditor
          draft={draft}
          edited={`${namespace}/${name}`}
          liveText={liveText}
          onSaved={(saved) => {
            draft.saved(saved);
            if (saved.name !== name || saved.namespace !== namespace) router.push(linkTo(policyPath(saved)));
          }}
        />
      )}
      {head && <ObservedPolicyPanel {...{ namespace, name }} />}
      {head && <PolicyPreview text={draft.text} page={page} />}
      <PolicyHistory {...{ namespace, name, liveText }} liveRevision={revision} />
    </div>
  );
}
