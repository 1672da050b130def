"use client";

import type { ObservedRoute } from "../../../server/preview/observed-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useScope } from "../../scope/index.ts";
import { useObservedRoutes } from "../hooks/use-observed-effect.ts";
import { effectWords } from "../view-model/effect-words.ts";
import { endText, isFound } from "../view-model/outlook-rows.ts";
import { RouteTable, routesNote } from "./route-table.tsx";

/** The routes that any observed policy would change something about; read when they are asked for. */
export function RouteOutlook({ wanted }: { wanted: string }) {
  const { inScope } = useScope();
  const routes = useObservedRoutes({ scope: "mesh" });
  return (
    <Answer query={routes} what="the routes" rows={6}>
      {(found) => {
        const rows = found.routes.filter(
          (row) =>
            inScope(`${row.destination.namespace}/${row.destination.service}`) &&
            isFound(wordsOf(row), wanted),
        );
        const note = routesNote(found);
        return (
          <>
            {rows.length > 0 ? (
              <RouteTable rows={rows} />
            ) : (
              <EmptyState title="No route would change">No logged request fits.</EmptyState>
            )}
            {note && <p className="px-4 py-2 text-muted text-xs">{note}</p>}
          </>
        );
      }}
    </Answer>
  );
}

function wordsOf({ source, destination, policy, effect, method, path }: ObservedRoute): string[] {
  return [endText(source), endText(destination), policy, effectWords[effect].brief, `${method} ${path}`];
}
