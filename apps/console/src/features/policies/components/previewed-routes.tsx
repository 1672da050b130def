"use client";

import { serviceIdText } from "@weir/domain/browser";
import { useState } from "react";
import type { PreviewedRoute } from "../../../server/preview/preview-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { EffectGlyph } from "../../preview/components/effect-glyph.tsx";
import { groupOf, verdictWords } from "../view-model/preview-words.ts";

const shownAtFirst = 8;

interface PreviewedRoutesProps {
  readonly routes: readonly PreviewedRoute[];
  /** That were not told. */
  readonly more: number;
}

/** The routes on which requests would have fared otherwise, by caller. */
export function PreviewedRoutes({ routes, more }: PreviewedRoutesProps) {
  const [isWhole, setWhole] = useState(false);
  if (routes.length === 0) return null;
  const shown = isWhole ? routes : routes.slice(0, shownAtFirst);
  return (
    <div className="-mx-4 my-2 border-line border-t">
      <Table caption="Replayed, by route">
        <thead>
          <tr>
            <HeadCell>Caller</HeadCell>
            <HeadCell>Route</HeadCell>
            <HeadCell>What would have become of them</HeadCell>
          </tr>
        </thead>
        <tbody>
          {shown.map((route) => (
            <tr key={`${route.namespace}/${route.service} ${route.route} ${route.effect} ${route.verdict}`}>
              <Cell className="whitespace-nowrap">
                {route.namespace === "" ? "outside the mesh" : serviceIdText(route)}
              </Cell>
              <Cell className="min-w-52">
                <code className="font-mono text-xs [overflow-wrap:anywhere]">{route.route}</code>
              </Cell>
              <Cell className="min-w-60 text-xs">
                <span className="flex items-center gap-1.5" title={route.verdict}>
                  <EffectGlyph group={groupOf(route)} /> {verdictWords(route)}
                </span>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="flex items-center gap-3 px-4 pt-2 text-muted text-xs">
        {shown.length < routes.length && (
          <Button size="small" onClick={() => setWhole(true)}>
            Show all {formatCount(routes.length)}
          </Button>
        )}
        {more > 0 && `${plural(more, "more route")} with fewer requests are not listed.`}
      </p>
    </div>
  );
}
