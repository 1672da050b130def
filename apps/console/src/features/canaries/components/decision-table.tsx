import type { CanaryTraffic } from "../../../server/canaries/traffic.ts";
import { formatCount } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { ModeSign } from "../../modes/index.ts";

/** What the sidecars decided by this canary: how often it would have changed something, and how often it did. */
export function DecisionTable({ decisions }: { decisions: CanaryTraffic["decisions"] }) {
  if (decisions.length === 0)
    return <p className="p-4 text-muted">No decisions in this window: no request met the canary.</p>;
  return (
    <Table caption="Decisions of the sidecars">
      <thead>
        <tr>
          <HeadCell>Verdict</HeadCell>
          <HeadCell>Mode</HeadCell>
          <HeadCell numeric>Decided</HeadCell>
          <HeadCell numeric>Would act</HeadCell>
          <HeadCell numeric>Acted</HeadCell>
        </tr>
      </thead>
      <tbody>
        {decisions.map((row) => (
          <tr key={`${row.verdict} ${row.mode}`}>
            <Cell className="font-mono text-[0.8125rem]">{row.verdict}</Cell>
            <Cell>
              <ModeSign mode={row.mode} />
            </Cell>
            <Cell numeric>{formatCount(row.evaluated)}</Cell>
            <Cell numeric>{formatCount(row.wouldAct)}</Cell>
            <Cell numeric>{formatCount(row.acted)}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
