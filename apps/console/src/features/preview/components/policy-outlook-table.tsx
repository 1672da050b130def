import { servicePath } from "@weir/domain/browser";
import Link from "next/link";
import type { PolicyOutlook } from "../../../server/preview/observed-schemas.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { SortHead } from "../../../ui/sort-head.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { ModeSign } from "../../modes/index.ts";
import { kindWords } from "../../policies/view-model/kind-words.ts";
import { policyPath } from "../../policies/view-model/policy-path.ts";
import { usePreviewSort } from "../hooks/use-preview-sort.ts";
import { effectWords } from "../view-model/effect-words.ts";
import {
  endText,
  groupRange,
  isFound,
  policyKeys,
  refusedCallers,
  sortRows,
} from "../view-model/outlook-rows.ts";
import { mostOf, shareWords } from "../view-model/range-words.ts";
import { EffectList } from "./effect-list.tsx";
import { narrowCells } from "./narrow-cells.ts";

interface PolicyOutlookTableProps {
  readonly policies: readonly PolicyOutlook[];
  /** Text that rows must have. */
  readonly wanted: string;
}

/** Each policy by itself: what it judged while it observed, and what it would have done. */
export function PolicyOutlookTable({ policies, wanted }: PolicyOutlookTableProps) {
  const linkTo = useLink();
  const order = usePreviewSort();
  const rows = policies.filter((policy) => isFound(wordsOf(policy), wanted));
  if (rows.length === 0) return <EmptyState title="No policy matches">Try a shorter text.</EmptyState>;
  return (
    <Table caption="By policy" className={narrowCells}>
      <thead>
        <tr>
          <SortHead column="name" text="Policy" {...order} />
          <HeadCell className="max-md:hidden">Kind</HeadCell>
          <SortHead column="service" text="Service" className="max-md:hidden" {...order} />
          <HeadCell className="max-md:hidden">Mode</HeadCell>
          <SortHead column="requests" text="Judged" numeric {...order} />
          <SortHead column="refused" text="Refused" numeric {...order} />
          <SortHead column="changed" text="Changed" numeric {...order} />
          <HeadCell>In words</HeadCell>
          <HeadCell>Callers refused</HeadCell>
        </tr>
      </thead>
      <tbody>
        {sortRows(rows, policyKeys[order.sort], order.descending).map((policy) => (
          <tr key={`${policy.namespace}/${policy.name}`} className="hover:bg-hover">
            <Cell>
              <Link
                href={linkTo(policyPath(policy))}
                className="font-medium hover:underline max-md:[overflow-wrap:anywhere] md:whitespace-nowrap"
              >
                {policy.name}
              </Link>
              <span className="ml-1.5 text-faint text-xs max-md:hidden">{policy.namespace}</span>
              <span className="block text-faint text-xs [overflow-wrap:anywhere] md:hidden">
                of {endText({ namespace: policy.namespace, service: policy.targetRef })}
              </span>
            </Cell>
            <Cell className="whitespace-nowrap max-md:hidden">{kindWords[policy.kind].name}</Cell>
            <Cell className="max-md:hidden">
              <Link
                href={linkTo(servicePath({ namespace: policy.namespace, name: policy.targetRef }))}
                className="hover:underline"
              >
                {policy.targetRef}
              </Link>
            </Cell>
            <Cell className="max-md:hidden">
              <ModeSign mode={policy.inForce.origin === "hold" ? "hold" : policy.inForce.mode} />
            </Cell>
            <Cell numeric>{policy.judged === 0 ? "none" : formatCount(policy.judged)}</Cell>
            <Cell numeric className="whitespace-nowrap">
              {shareOfGroup(policy, "refused")}
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {shareOfGroup(policy, "changed")}
            </Cell>
            <Cell>
              <Outcome policy={policy} />
            </Cell>
            <Cell className="min-w-48 text-xs">
              <RefusedCallers policy={policy} />
            </Cell>
          </tr>
        ))}
      </tbody>
      <tfoot className="max-md:hidden">
        <tr className="font-medium">
          <Cell colSpan={4}>{plural(rows.length, "policy", "policies")}</Cell>
          <Cell numeric>{formatCount(rows.reduce((sum, { judged }) => sum + judged, 0))}</Cell>
          <Cell colSpan={4} className="font-normal text-muted text-xs">
            Several policies judge the same requests: By caller, each counts once.
          </Cell>
        </tr>
      </tfoot>
    </Table>
  );
}

function Outcome({ policy }: { policy: PolicyOutlook }) {
  if (policy.effects.length > 0)
    return <EffectList effects={policy.effects} label={`Effects of ${policy.name}`} />;
  if (policy.judged > 0) return <span className="text-muted text-xs">would change nothing</span>;
  return (
    <span className="text-faint text-xs">
      {policy.inForce.mode === "enforce" ? "enforced: it acts already" : "nothing observed yet"}
    </span>
  );
}

function RefusedCallers({ policy }: { policy: PolicyOutlook }) {
  const callers = refusedCallers(policy);
  const named = callers.slice(0, 3).map(endText).join(", ");
  return callers.length > 3 ? `${named} and ${callers.length - 3} more` : named;
}

function shareOfGroup({ effects, judged }: PolicyOutlook, group: "refused" | "changed"): string {
  const range = groupRange(effects, group);
  return mostOf(range) === 0 && range.atMost !== undefined ? "" : shareWords(range, judged);
}

function wordsOf(policy: PolicyOutlook): string[] {
  const { namespace, name, kind, targetRef, effects, callers } = policy;
  const brief = effects.map(({ effect }) => effectWords[effect].brief);
  return [`${namespace}/${name}`, kindWords[kind].name, targetRef, ...brief, ...callers.map(endText)];
}
