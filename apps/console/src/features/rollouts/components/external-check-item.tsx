"use client";

import type { Finding } from "@weir/domain";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../../ui/button.tsx";
import { FindingRow } from "../../../ui/finding-row.tsx";
import { findingsUnder } from "../view-model/findings-under.ts";

/** What is wrong in one member of an item. */
export type ShownFindings = (member: string) => readonly Finding[];

interface ExternalCheckItemProps {
  readonly name: string;
  /** Of the item in the plan. */
  readonly path: string;
  /** That have fields, which show what is wrong in them. */
  readonly members: readonly string[];
  readonly findings: readonly Finding[];
  /** Just added: its first field is gone to. */
  readonly isNew: boolean;
  onRemove(): void;
  children(shown: ShownFindings): ReactNode;
}

/** The frame of one query or webhook. */
export function ExternalCheckItem({
  name,
  path,
  members,
  findings,
  isNew,
  onRemove,
  children,
}: ExternalCheckItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isNew) item.current?.querySelector("input")?.focus();
  }, [isNew]);
  const inside = findingsUnder(findings, [path]);
  const own = (member: string) => findingsUnder(inside, [`${path}.${member}`]);
  const fielded = new Set(members.flatMap(own));
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const rest = inside.filter((finding) => !fielded.has(finding));
  return (
    <li ref={item} aria-label={title} className="rounded-md border border-line p-3">
      <header className="-mt-1.5 -mr-1.5 mb-1 flex items-center">
        <h4 className="grow font-medium text-muted text-xs">{title}</h4>
        <Button
          look="quiet"
          size="icon"
          aria-label={`Remove ${name}`}
          title={`Remove ${name}`}
          onClick={onRemove}
        >
          <X size={14} aria-hidden />
        </Button>
      </header>
      {children(own)}
      {rest.length > 0 && (
        <ul aria-label={`Findings of ${name}`} className="mt-2 flex flex-col gap-1">
          {rest.map((finding) => (
            <FindingRow
              key={`${finding.path} ${finding.message}`}
              finding={{ ...finding, path: finding.path.slice(path.length + 1) }}
            />
          ))}
        </ul>
      )}
    </li>
  );
}
