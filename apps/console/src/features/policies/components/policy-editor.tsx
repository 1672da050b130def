"use client";

import { useQuery } from "@tanstack/react-query";
import { Save } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { usePolicyCheck } from "../hooks/use-policy-check.ts";
import type { PolicyDraft } from "../hooks/use-policy-draft.ts";
import { useSavePolicy } from "../hooks/use-save-policy.ts";
import type { PolicySchema } from "../view-model/policy-schema.ts";
import { saveWords } from "../view-model/save-words.ts";
import { ConflictNote } from "./conflict-note.tsx";
import { DraftFindings } from "./draft-findings.tsx";
import { EditorSides } from "./editor-sides.tsx";

const YamlEditor = dynamic(() => import("./yaml-editor.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows rows={12} what="the editor" />,
});

const PolicyForm = dynamic(() => import("./policy-form.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows rows={12} what="the form" />,
});

interface PolicyEditorProps {
  readonly draft: PolicyDraft;
  /** Of the policy that is edited, as `namespace/name`; undefined for a new one. */
  readonly edited: string | undefined;
  /** In force now; empty where there is none. */
  readonly liveText: string;
  onSaved(saved: { namespace: string; name: string; revision: number }): void;
}

/** A policy as a form and as YAML, what is wrong in it, what saving it would do, and the way to save it. */
export function PolicyEditor({ draft, edited, liveText, onSaved }: PolicyEditorProps) {
  const schema = useQuery(useTRPC().policies.schema.queryOptions(undefined, { staleTime: Infinity }));
  const check = usePolicyCheck(draft.text);
  const saving = useSavePolicy((saved) => {
    setAsking(false);
    onSaved(saved);
  });
  const [asking, setAsking] = useState(false);
  const [comparing, setComparing] = useState(false);
  const [first] = check.drafts;
  const name = first?.policy && `${first.policy.namespace}/${first.policy.name}`;
  const renamed = name !== undefined && name !== edited;
  const words = saveWords({
    ...{ checked: check.current, acceptable: check.acceptable, count: check.drafts.length },
    ...{ touched: draft.touched || edited === undefined, name, edited },
    begins: first?.begins ?? false,
    live: renamed ? (first?.liveRevision ?? 0) : draft.begunFrom.revision,
  });
  const ignore = async (code: string) => {
    const { ignoreFinding } = await import("../view-model/ignore-finding.ts"); // it reads YAML, which the page does without
    draft.write(ignoreFinding(draft.text, code) ?? draft.text);
  };
  const ask = () => words.possible && setAsking(true);
  return (
    <Panel
      title="Policy"
      aside={
        <>
          {edited !== undefined && draft.touched && (
            <Button
              look="quiet"
              size="small"
              aria-pressed={comparing}
              onClick={() => setComparing(!comparing)}
            >
              {comparing ? "Hide what differs" : "Show what differs"}
            </Button>
          )}
          {draft.touched && (
            <Button look="quiet" size="small" onClick={draft.discard}>
              Discard the draft
            </Button>
          )}
          <Button look="primary" size="small" disabled={!words.possible || saving.saving} onClick={ask}>
            <Save size={13} aria-hidden /> {words.label}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {draft.outdated && <ConflictNote draft={draft} onCompare={() => setComparing(true)} />}
        <EditorSides
          form={
            <Answer query={schema} what="what a policy may hold" rows={12}>
              {(members) => (
                <PolicyForm
                  text={draft.text}
                  onChange={draft.write}
                  schema={members as PolicySchema}
                  findings={check.findings}
                />
              )}
            </Answer>
          }
          yaml={
            <YamlEditor
              label="Policy as YAML"
              text={draft.text}
              onChange={draft.write}
              marks={check.findings}
              schema={schema.data as PolicySchema | undefined}
              comparedWith={comparing && draft.touched ? liveText : undefined}
              onSave={ask}
            />
          }
          findings={<DraftFindings check={check} onIgnore={check.drafts.length === 1 ? ignore : undefined} />}
        />
        {saving.failure && (
          <p role="alert" className="rounded-md bg-failing-soft px-2 py-1.5 text-failing text-xs">
            Not saved: {saving.failure}
          </p>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title={words.question}
          action={words.label}
          look={words.look}
          busy={saving.saving}
          onConfirm={(reason) =>
            saving.save({
              text: draft.text,
              expectedRevision: renamed ? 0 : draft.begunFrom.revision,
              reason,
            })
          }
        >
          <p>{words.effect}</p>
          {words.warning && (
            <p className="mt-3 rounded-md bg-enforce-soft px-2 py-1.5 text-enforce text-xs">
              {words.warning}
            </p>
          )}
          {saving.conflict && (
            <p role="alert" className="mt-3 text-failing">
              Somebody was faster: another revision is in force meanwhile. Nothing was overwritten; close this
              to compare both.
            </p>
          )}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
