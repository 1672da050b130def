"use client";

import type { Finding } from "@weir/domain";
import { formatPath } from "@weir/domain/browser";
import { useEffect, useId, useMemo, useRef } from "react";
import { readFormDocument } from "../view-model/form-document.ts";
import { editText, type FormEdit } from "../view-model/form-edit.ts";
import { alternativesOf, chosenOf } from "../view-model/form-union.ts";
import type { Path, PolicySchema } from "../view-model/policy-schema.ts";
import { PolicyFormProvider } from "./policy-form-context.ts";
import { PolicyFormField } from "./policy-form-field.tsx";
import { PolicyFormMembers } from "./policy-form-members.tsx";
import { PolicyFormUnion } from "./policy-form-union.tsx";

interface PolicyFormProps {
  readonly text: string;
  onChange(text: string): void;
  readonly schema: PolicySchema;
  readonly findings: readonly Finding[];
}

/**
 * A policy's YAML as fields, made from its schema. The text stays what counts: each change of a field is a change of the
 * text that keeps its comments, and while the text cannot be read the form waits.
 */
export default function PolicyForm({ text, onChange, schema, findings }: PolicyFormProps) {
  const id = useId();
  const document = useMemo(() => readFormDocument(text), [text]);
  const focus = useFocusAfterRender();
  const form = useMemo(
    () => ({
      Field: PolicyFormField,
      edit(edits: readonly FormEdit[], then?: string) {
        focus.current = then;
        onChange(editText(text, edits));
      },
      findingsAt: (path: Path) => findings.filter((finding) => finding.path === formatPath(path)),
      idOf: (path: Path) => `${id}-${path.join("-")}`,
    }),
    [text, onChange, findings, id, focus],
  );
  if (document.state === "waiting")
    return (
      <p role="status" className="rounded-md bg-sunken px-3 py-2 text-muted">
        {document.reason} The form waits until the YAML holds one policy again.
      </p>
    );
  const { value } = document;
  const kind = chosenOf(alternativesOf(schema), value);
  return (
    <PolicyFormProvider value={form}>
      <form aria-label="Policy as a form" onSubmit={(event) => event.preventDefault()}>
        {kind ? (
          <PolicyFormMembers schema={kind.schema} value={value} path={[]} />
        ) : (
          <PolicyFormUnion schema={schema} value={value} path={[]} label="kind" />
        )}
      </form>
    </PolicyFormProvider>
  );
}

/** What stands in its `current` as an id has the focus once it is on the page. */
function useFocusAfterRender() {
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    document.getElementById(wanted.current)?.focus();
    wanted.current = undefined;
  });
  return wanted;
}
