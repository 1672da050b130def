import { servicePath } from "@weir/domain/browser";
import { CircleX, Info, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { PolicyListItem } from "../../../server/policies/list.ts";
import { formatCount, formatShare } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { ModeSign } from "../../modes/index.ts";
import { findingCounts } from "../view-model/finding-counts.ts";
import { kindWords } from "../view-model/kind-words.ts";
import { policyPath } from "../view-model/policy-path.ts";

const signs = {
  error: { icon: CircleX, tone: "text-failing" },
  warning: { icon: TriangleAlert, tone: "text-degraded" },
  info: { icon: Info, tone: "text-muted" },
} as const;

/** What is said of a policy, as far as it is worth a word beside others. */
function Findings({ counts }: { counts: PolicyListItem["findings"] }) {
  const said = findingCounts(counts);
  if (said === undefined) return null;
  const { icon: Icon, tone } = signs[said.severity];
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap text-xs ${tone}`}>
      <Icon size={12} aria-hidden />
      {said.words}
    </span>
  );
}

/** Policies side by side. */
export function PoliciesTable({ rows }: { rows: readonly PolicyListItem[] }) {
  const linkTo = useLink();
  return (
    <Table caption="Policies">
      <thead>
        <tr>
          <HeadCell>Policy</HeadCell>
          <HeadCell className="max-sm:hidden">Kind</HeadCell>
          <HeadCell>Service</HeadCell>
          <HeadCell>Mode</HeadCell>
          <HeadCell numeric>Requests seen</HeadCell>
          <HeadCell numeric>Changed, or would</HeadCell>
          <HeadCell numeric>Revision</HeadCell>
          <HeadCell>Changed</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.namespace}/${row.name}`} className="hover:bg-hover">
            <Cell>
              <Link href={linkTo(policyPath(row))} className="whitespace-nowrap font-medium hover:underline">
                {row.name}
              </Link>
              <span className="mr-2 ml-1.5 text-faint text-xs">{row.namespace}</span>{" "}
              <Findings counts={row.findings} />
            </Cell>
            <Cell className="whitespace-nowrap max-sm:hidden">{kindWords[row.kind].name}</Cell>
            <Cell>
              <Link
                href={linkTo(servicePath({ namespace: row.namespace, name: row.targetRef }))}
                className="hover:underline"
              >
                {row.targetRef}
              </Link>
            </Cell>
            <Cell>
              <ModeSign mode={row.inForce.origin === "hold" ? "hold" : row.inForce.mode} />
            </Cell>
            <Cell numeric>{row.evaluated === 0 ? "none" : formatCount(row.evaluated)}</Cell>
            <Cell numeric>
              {row.evaluated === 0
                ? ""
                : `${formatShare(row.changed / row.evaluated)} (${formatCount(row.changed)})`}
            </Cell>
            <Cell numeric>{row.revision}</Cell>
            <Cell className="whitespace-nowrap text-muted">
              {formatMoment(row.changedAtMs, Date.now())} by {row.changedBy}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
