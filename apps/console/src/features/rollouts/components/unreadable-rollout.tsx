"use client";

import { useQuery } from "@tanstack/react-query";
import { readServiceId, servicePath } from "@weir/domain/browser";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import type { UnreadableRollout as Row } from "../../../server/rollouts/list.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { UnreadableRows } from "../../../ui/unreadable-rows.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { useLink } from "../../frame/index.ts";
import { AbortUnreadable } from "./abort-unreadable.tsx";
import { EventLine } from "./event-line.tsx";

/** One whose plan this release cannot read: that it is there, what became of it, and all that can be asked of it. */
export function UnreadableRollout({ id }: { id: number }) {
  const listed = useQuery(useTRPC().rollouts.list.queryOptions({ id }));
  return (
    <Answer query={listed} what="the rollout" rows={6}>
      {({ unreadable: [row] }) => (row ? <Told row={row} /> : <SkeletonRows rows={6} what="the rollout" />)}
    </Answer>
  );
}

function Told({ row }: { row: Row }) {
  const { id, subject, isOver } = row;
  const linkTo = useLink();
  const { namespace, service: name } = readServiceId(subject) ?? { namespace: "", service: subject };
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/rollouts">Rollouts</BackLink>
        <h1 className="min-w-0 font-semibold text-lg">
          Rollout {id} of{" "}
          <Link href={linkTo(servicePath({ namespace, name }))} className="hover:underline">
            {subject}
          </Link>
        </h1>
      </header>
      <UnreadableRows
        what="Rollout"
        rows={[row]}
        action={() => !isOver && <AbortUnreadable {...{ id, subject }} />}
      />
      <p role="status" className="text-base">
        {isOver
          ? "It is over, and what is known of it is kept."
          : "Nothing drives it, and its canary policy stays as it is. Another release may go on with it; here it can be aborted."}
      </p>
      <Events id={id} />
    </div>
  );
}

/** Without the evidence, which is told in the words of the plan. */
function Events({ id }: { id: number }) {
  const events = useQuery(useTRPC().rollouts.events.queryOptions({ id }));
  return (
    <Panel title="What became of it" flush>
      <Answer query={events} what="its events" rows={3}>
        {(list) => (
          <ol aria-label="Events, newest first" className="flex flex-col divide-y divide-line">
            {list.map((event) => (
              <li key={event.seq} className="flex items-start gap-2.5 px-4 py-2.5">
                <EventLine event={event} nowMs={Date.now()} />
              </li>
            ))}
          </ol>
        )}
      </Answer>
    </Panel>
  );
}
