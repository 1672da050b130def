"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { NoSuchPage, useLink } from "../../frame/index.ts";
import type { ShownEnforcement } from "../view-model/enforce-preview.ts";
import { phaseWords } from "../view-model/phase-words.ts";
import { namedSwitch, pathOfSwitch } from "../view-model/switch-words.ts";
import { ChecksTable } from "./checks-table.tsx";
import { CoursePanel } from "./course-panel.tsx";
import { EndButtons } from "./end-buttons.tsx";
import { EnforcementHistory } from "./enforcement-history.tsx";
import { NewCallers } from "./new-callers.tsx";
import { PhaseSign } from "./phase-sign.tsx";
import { SignalsTable } from "./signals-table.tsx";
import { WatchClock } from "./watch-clock.tsx";

/** ms. The guard looks as often. */
const askEveryMs = 2_000;

/** What was enforced, while it is watched and for ever after. */
export function EnforcementPage({ id }: { id: number }) {
  const found = useQuery(
    useTRPC().enforcement.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.phase === "watching" ? askEveryMs : false) },
    ),
  );
  const error = useLastingError(found);
  if (problemOf(error).code === "NOT_FOUND") return <NoSuchPage />;
  return (
    <Answer query={found} what="the enforcement" rows={12}>
      {(enforcement) => <Loaded enforcement={enforcement} />}
    </Answer>
  );
}

function Loaded({ enforcement }: { enforcement: ShownEnforcement }) {
  const { id, at, phase, modeBefore, prediction, progress, budget, events } = enforcement;
  const linkTo = useLink();
  const now = Date.now();
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <BackLink to="/enforcements">Enforcements</BackLink>
          <h1 className="min-w-0 grow break-words font-semibold text-lg">
            <Link href={linkTo(pathOfSwitch(at))} className="hover:underline">
              {namedSwitch(at)}
            </Link>
          </h1>
          {phase === "watching" && <EndButtons {...{ id, at, modeBefore }} />}
        </div>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <PhaseSign phase={phase} />
          <span className="text-muted">
            enforced {formatMoment(enforcement.createdAtMs, now)} by {enforcement.createdBy}
            {enforcement.comment && `: ${enforcement.comment}`}
          </span>
        </p>
        <p role="status" className={phase === "takenBack" ? "font-medium text-failing" : ""}>
          {events[0] && events[0].action !== "start"
            ? `${sentence(events[0].reason)}`
            : sentence(enforcement.reason ?? phaseWords[phase].means)}
        </p>
      </header>
      {progress && budget && phase === "watching" && <WatchClock progress={progress} budget={budget} />}
      <CoursePanel {...{ id, phase }} />
      {progress && (
        <Panel title="Predicted and actual" flush>
          <ChecksTable
            checks={phase === "watching" ? progress.checks : (events[0]?.checks ?? progress.checks)}
          />
        </Panel>
      )}
      {progress && progress.newCallers.length > 0 && <NewCallers rows={progress.newCallers} />}
      {progress && prediction.services.length > 0 && (
        <Panel title="Golden signals, before and since" flush>
          <SignalsTable before={prediction.services} since={progress.services} />
        </Panel>
      )}
      <EnforcementHistory events={events} />
    </div>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith(".") ? "" : "."}`;
}
