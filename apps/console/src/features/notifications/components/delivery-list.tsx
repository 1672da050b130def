"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { classes } from "../../../ui/classes.ts";
import { formatClock, formatMoment } from "../../../ui/format/times.ts";
import { deliveryWords } from "../view-model/target-words.ts";

const askEveryMs = 5_000;
const tones = { delivered: "text-muted", waiting: "text-degraded", failed: "text-failing" } as const;

/** The last deliveries to a target, with what became of each. */
export function DeliveryList({ targetId, name }: { targetId: number; name: string }) {
  const query = useQuery(
    useTRPC().notifications.deliveries.queryOptions({ id: targetId }, { refetchInterval: askEveryMs }),
  );
  return (
    <Answer query={query} what="the last deliveries" rows={3}>
      {(deliveries) =>
        deliveries.length === 0 ? (
          <p className="py-2 text-muted text-xs">Nothing was to be told yet.</p>
        ) : (
          <ol aria-label={`Deliveries to ${name}`} className="mt-1 flex flex-col gap-2 text-xs">
            {deliveries.map((delivery) => (
              <li key={delivery.id} className="border-line border-l-2 pl-3">
                <p className="wrap-anywhere text-sm">{delivery.title}</p>
                <p className={classes("wrap-anywhere", tones[delivery.state])}>
                  <span className="font-mono">{formatMoment(delivery.atMs, Date.now())}</span> ·{" "}
                  {deliveryWords(delivery, formatClock)}
                </p>
              </li>
            ))}
          </ol>
        )
      }
    </Answer>
  );
}
