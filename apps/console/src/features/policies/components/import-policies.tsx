"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type ChangeEvent, useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { raiseNotice } from "../../../ui/notice.ts";
import { useImportCheck } from "../hooks/use-import-check.ts";
import { DraftFindings } from "./draft-findings.tsx";
import { StaleDrafts } from "./stale-drafts.tsx";

interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

/** Takes a file of policies: says what it would create and replace, and what is wrong in it, before anything is written. */
export function ImportPolicies() {
  const [file, setFile] = useState<ChosenFile>();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = target.files ?? [];
    if (!chosen) return;
    const { name } = chosen;
    target.value = ""; // so that the same file can be chosen again once it is mended
    try {
      setFile({ name, text: await chosen.text() });
    } catch {
      raiseNotice("error", `${name} cannot be read.`);
    }
  };
  return (
    <>
      <label className="inline-flex h-8 cursor-pointer items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 font-medium text-sm focus-within:outline-2 focus-within:outline-accent hover:bg-hover">
        <Upload size={15} aria-hidden /> Import
        <input type="file" accept=".yaml,.yml" className="sr-only" onChange={(event) => void choose(event)} />
      </label>
      {file && <ImportDialog file={file} onClose={() => setFile(undefined)} />}
    </>
  );
}

function ImportDialog({ file, onClose }: { file: ChosenFile; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { check, stale, over, setOver, possible, shown } = useImportCheck(file.text);
  const putAll = useMutation(
    trpc.policies.putAll.mutationOptions({
      onSuccess: (saved) => {
        raiseNotice(
          "success",
          `${plural(saved.length, "policy is", "policies are")} in force as the file has them`,
        );
        onClose();
      },
      onError: (error) => raiseNotice("error", `Nothing was written: ${problemOf(error).message}`),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const count = check.drafts.length;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Import ${file.name}?`}
      action={count === 0 ? "Import" : `Put ${plural(count, "policy", "policies")} in force`}
      busy={putAll.isPending}
      blocked={!possible}
      onConfirm={(reason) => putAll.mutate({ text: file.text, shown, over, reason })}
    >
      {check.current && count === 0 && <p>The file holds no policy.</p>}
      <ul className="mb-3 flex flex-col gap-1">
        {check.drafts.map(({ policy, liveRevision, begins }, index) =>
          policy ? (
            <li key={`${policy.namespace}/${policy.name}`} className="flex gap-2">
              <span className="grow font-medium">
                {policy.name} <span className="font-normal text-faint text-xs">{policy.namespace}</span>
              </span>
              <span className="text-muted">
                {liveRevision === 0 ? "new" : `in place of revision ${liveRevision}`}
                {begins && <strong className="font-medium text-enforce">, acts at once</strong>}
              </span>
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: it has no name, only a place
            <li key={index} className="text-failing">
              policy {index + 1} of the file cannot be read
            </li>
          ),
        )}
      </ul>
      <StaleDrafts stale={stale} over={over} onOver={setOver} />
      <DraftFindings check={check} />
    </ConfirmDialog>
  );
}
