"use client";

import { notificationSeverities, notificationTopics } from "@weir/domain/browser";
import { useId } from "react";
import type { ShownTarget } from "../../../server/notifications/shown-target.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { Select } from "../../../ui/select.tsx";
import { useTargetForm } from "../hooks/use-target-form.ts";
import { formatNotes, severityWords, topicWords } from "../view-model/target-words.ts";
import { SecretNote } from "./secret-note.tsx";

interface TargetDialogProps {
  /** Undefined: a new one. */
  readonly target: ShownTarget | undefined;
  onClose(): void;
}

const field = "mt-1 h-8 w-full rounded-md border border-line-strong bg-surface px-2";
const label = "block font-medium text-muted text-xs";

/** Adds a target or changes one; a secret is shown once, in the place of the form. */
export function TargetDialog({ target, onClose }: TargetDialogProps) {
  const form = useTargetForm(target, onClose);
  const { draft, set, secret } = form;
  const id = useId();
  if (secret !== undefined) return <SecretNote name={draft.name} secret={secret} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={target ? `Change ${target.name}` : "Add a target"}
      actions={
        <>
          {target?.format === "json" && (
            <Button className="mr-auto" disabled={form.isBusy} onClick={form.renewSecret}>
              New secret
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} look="primary" disabled={form.isBusy}>
            {target ? "Save" : "Add"}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        {form.problem !== undefined && (
          <p role="alert" className="rounded-md bg-failing-soft px-3 py-1.5 text-failing text-xs">
            {form.problem}
          </p>
        )}
        {!target && (
          <div>
            <span className={`${label} mb-1`}>Format</span>
            <Segments
              label="Format"
              value={draft.format}
              onChange={(format) => set({ format })}
              options={[
                { value: "json", label: "Signed JSON" },
                { value: "slack", label: "Slack" },
                { value: "grafana", label: "Grafana" },
              ]}
            />
            <p className="mt-1 text-faint text-xs">{formatNotes[draft.format]}</p>
          </div>
        )}
        <label className={label}>
          Name
          <input
            required
            maxLength={80}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
            className={field}
          />
        </label>
        <label className={label}>
          URL
          <input
            type="url"
            required={!target}
            placeholder={target ? `as it is: ${target.address}` : "https://…"}
            value={draft.url}
            onChange={(event) => set({ url: event.target.value })}
            className={`${field} font-mono`}
          />
        </label>
        {draft.format === "grafana" && (
          <label className={label}>
            Token of a service account
            <input
              type="password"
              autoComplete="off"
              required={!target}
              placeholder={target ? "as it is" : "glsa_…"}
              value={draft.token ?? ""}
              onChange={(event) => set({ token: event.target.value })}
              className={`${field} font-mono`}
            />
          </label>
        )}
        <fieldset>
          <legend className={`${label} mb-1`}>Tell of</legend>
          <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
            {notificationTopics.map((topic) => (
              <label key={topic} className="flex items-start gap-2 text-sm">
                <input
                  type="checkbox"
                  className="mt-1 accent-accent"
                  checked={draft.topics.includes(topic)}
                  onChange={(event) => form.choose(topic, event.target.checked)}
                />
                <span>
                  {topicWords[topic].name}
                  <span className="block text-faint text-xs">{topicWords[topic].note}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div>
          <span className={`${label} mb-1`}>How severe</span>
          <Select
            label="How severe"
            className="w-52"
            value={draft.leastSeverity}
            onChange={(leastSeverity) => set({ leastSeverity })}
            options={notificationSeverities.map((value) => ({ value, label: severityWords[value] }))}
          />
        </div>
        <label className={label}>
          Reason (optional, kept in the audit)
          <input
            maxLength={500}
            value={form.reason}
            onChange={(event) => form.setReason(event.target.value)}
            className={field}
          />
        </label>
      </form>
    </Dialog>
  );
}
