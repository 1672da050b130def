import { serviceIdText } from "@weir/domain/browser";
import type { PreviewedCaller, PreviewedVerdict } from "../../../server/preview/preview-schemas.ts";
import { formatShare, plural } from "../../../ui/format/numbers.ts";
import { groupFill } from "../../preview/components/effect-glyph.tsx";
import { previewGroups } from "../../preview/view-model/effect-words.ts";
import { ExampleTrace } from "../../traces/components/example-trace.tsx";
import { countGroups, groupOf, verdictWords } from "../view-model/preview-words.ts";

/** What would have become of one caller's requests: a bar of all of them, and each verdict in words with examples. */
export function PreviewedCallerItem({ caller }: { caller: PreviewedCaller }) {
  return (
    <li className="flex flex-col gap-1.5 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="grow font-medium">
          {caller.namespace === "" ? "outside the mesh" : serviceIdText(caller)}
        </h3>
        <span className="text-muted text-xs">{plural(caller.requests, "logged request")}</span>
      </div>
      <PreviewBar verdicts={caller.verdicts} />
      <ul className="flex flex-col gap-1">
        {caller.verdicts.map((verdict) => (
          <VerdictLine
            key={`${verdict.effect} ${verdict.bound} ${verdict.verdict}`}
            verdict={verdict}
            of={caller.requests}
          />
        ))}
      </ul>
    </li>
  );
}

/** Says nothing that the words beside it do not say. */
function PreviewBar({ verdicts }: { verdicts: readonly PreviewedVerdict[] }) {
  const counts = countGroups(verdicts);
  return (
    <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-sm bg-sunken">
      {previewGroups
        .filter((group) => counts[group] > 0)
        .map((group) => (
          <span key={group} className={groupFill[group]} style={{ flexGrow: counts[group], flexBasis: 0 }} />
        ))}
    </div>
  );
}

function VerdictLine({ verdict, of }: { verdict: PreviewedVerdict; of: number }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 text-xs">
      <span aria-hidden className={`size-2 shrink-0 rounded-full ${groupFill[groupOf(verdict)]}`} />
      <span>
        {verdictWords(verdict)} <span className="text-muted">({formatShare(verdict.requests / of)})</span>
      </span>
      {verdict.verdict !== "" && <code className="break-all font-mono text-muted">{verdict.verdict}</code>}
      {verdict.traceIds.map((traceId) => (
        <ExampleTrace key={traceId} traceId={traceId} />
      ))}
    </li>
  );
}
