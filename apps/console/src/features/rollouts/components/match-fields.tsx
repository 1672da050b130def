"use client";

import type { RouteMatch } from "@weir/domain";
import { matchWords } from "@weir/domain/browser";
import { Plus, X } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { fieldClasses } from "../../../ui/field-classes.ts";
import { simpleMatch } from "../view-model/simple-match.ts";

interface MatchFieldsProps {
  /** What is matched, such as "testers". */
  readonly of: string;
  readonly matches: readonly RouteMatch[];
  onChange(matches: readonly RouteMatch[]): void;
  readonly disabled?: boolean | undefined;
}

/** Matches of one header or one path as fields; what says more is shown, and edited as YAML. */
export function MatchFields({ of, matches, onChange, disabled }: MatchFieldsProps) {
  const put = (at: number, match: RouteMatch) =>
    onChange(matches.map((one, index) => (index === at ? match : one)));
  return (
    <div className="flex flex-col gap-2">
      {matches.map((match, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a match has no name, only a place
        <div key={at} className="flex flex-wrap items-center gap-2">
          <MatchField
            of={`match ${at + 1} of ${of}`}
            match={match}
            disabled={disabled}
            onChange={(next) => put(at, next)}
          />
          <Button
            look="quiet"
            size="icon"
            disabled={disabled}
            aria-label={`Remove match ${at + 1} of ${of}`}
            onClick={() => onChange(matches.filter((_, index) => index !== at))}
          >
            <X size={14} aria-hidden />
          </Button>
        </div>
      ))}
      {!disabled && (
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            onClick={() =>
              onChange([...matches, { headers: [{ name: "x-user-type", exact: "beta-tester" }] }])
            }
          >
            <Plus size={12} aria-hidden /> Header
          </Button>
          <Button size="small" onClick={() => onChange([...matches, { path: { prefix: "/" } }])}>
            <Plus size={12} aria-hidden /> Path
          </Button>
        </div>
      )}
    </div>
  );
}

interface MatchFieldProps {
  readonly of: string;
  readonly match: RouteMatch;
  onChange(match: RouteMatch): void;
  readonly disabled: boolean | undefined;
}

function MatchField({ of, match, onChange, disabled }: MatchFieldProps) {
  const simple = simpleMatch(match);
  if (simple === undefined)
    return <code className="min-w-0 break-all font-mono text-muted text-xs">{matchWords(match)}</code>;
  if (simple.kind === "path")
    return (
      <>
        <span className="text-muted">path begins with</span>
        <input
          aria-label={`Path of ${of}`}
          disabled={disabled}
          value={simple.prefix}
          onChange={({ target }) => onChange({ path: { prefix: target.value } })}
          className={`w-48 font-mono ${fieldClasses}`}
        />
      </>
    );
  const header = (name: string, exact: string) => onChange({ headers: [{ name, exact }] });
  return (
    <>
      <span className="text-muted">header</span>
      <input
        aria-label={`Header of ${of}`}
        disabled={disabled}
        value={simple.name}
        onChange={({ target }) => header(target.value, simple.exact)}
        className={`w-36 font-mono ${fieldClasses}`}
      />
      <span className="text-muted">is</span>
      <input
        aria-label={`Value of the header of ${of}`}
        disabled={disabled}
        value={simple.exact}
        onChange={({ target }) => header(simple.name, target.value)}
        className={`w-36 font-mono ${fieldClasses}`}
      />
    </>
  );
}
