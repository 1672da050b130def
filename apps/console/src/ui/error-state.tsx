"use client";

import { CloudOff, TriangleAlert } from "lucide-react";
import { problemOf } from "../client/problem.ts";
import { Button } from "./button.tsx";

interface ErrorStateProps {
  readonly error: unknown;
  retry?(): void;
  /** What could not be shown, such as "the map". */
  readonly what: string;
}

const advice: Record<string, { title: string; text: string }> = {
  DATABASE_UNREACHABLE: {
    title: "The database cannot be reached",
    text: "Traffic is not affected: sidecars go on with what they have. The console tries again by itself and goes on as soon as Postgres answers.",
  },
  CONSOLE_UNREACHABLE: {
    title: "The console's server does not answer",
    text: "Traffic is not affected. This page tries again by itself.",
  },
};

/** Something could not be read: what, what it means for the mesh, and a way to try again. */
export function ErrorState({ error, retry, what }: ErrorStateProps) {
  const problem = problemOf(error);
  const known = advice[problem.code];
  const Icon = known ? CloudOff : TriangleAlert;
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center gap-2 px-6 py-14 text-center">
      <Icon size={28} aria-hidden className="text-failing" />
      <h2 className="font-semibold text-base">{known?.title ?? `Could not show ${what}`}</h2>
      <p className="text-muted">{known?.text ?? problem.message}</p>
      {problem.findings.length > 0 && (
        <ul className="text-left text-muted">
          {problem.findings.map((finding) => (
            <li key={`${finding.path} ${finding.code}`}>
              <code className="font-mono text-text text-xs">{finding.path}</code> {finding.message}.{" "}
              {finding.fix}
            </li>
          ))}
        </ul>
      )}
      {retry !== undefined && (
        <Button className="mt-2" onClick={retry}>
          Try again now
        </Button>
      )}
    </div>
  );
}
