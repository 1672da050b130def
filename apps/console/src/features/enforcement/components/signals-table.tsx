"use client";

import { servicePath } from "@weir/domain/browser";
import Link from "next/link";
import type { ShownSignals } from "../../../server/enforcement/shown-enforcement.ts";
import { formatCount, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";

interface SignalsTableProps {
  readonly before: readonly ShownSignals[];
  /** In the same order. */
  readonly since: readonly ShownSignals[];
}

/** Failures and latency of each service concerned, in the window of the prediction and since the switch. */
export function SignalsTable({ before, since }: SignalsTableProps) {
  const linkTo = useLink();
  return (
    <Table caption="Golden signals, before and since">
      <thead>
        <tr>
          <HeadCell>Service</HeadCell>
          <HeadCell numeric>Failed before</HeadCell>
          <HeadCell numeric>since</HeadCell>
          <HeadCell numeric>p99 before</HeadCell>
          <HeadCell numeric>since</HeadCell>
          <HeadCell numeric>Requests since</HeadCell>
        </tr>
      </thead>
      <tbody>
        {before.map((service, at) => {
          const now = since[at];
          return (
            <tr key={`${service.namespace}/${service.service}`}>
              <Cell>
                <Link
                  href={linkTo(servicePath({ namespace: service.namespace, name: service.service }))}
                  className="text-accent hover:underline"
                >
                  {service.service}
                </Link>
              </Cell>
              <Cell numeric>{failed(service)}</Cell>
              <Cell numeric>{failed(now)}</Cell>
              <Cell numeric>{p99(service)}</Cell>
              <Cell numeric>{p99(now)}</Cell>
              <Cell numeric>{formatCount(now?.requests)}</Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function failed(signals: ShownSignals | undefined): string {
  return formatShare(signals && signals.requests > 0 ? signals.failures / signals.requests : undefined);
}

function p99(signals: ShownSignals | undefined): string {
  return formatSeconds(signals?.p99Ms === undefined ? undefined : signals.p99Ms / 1_000);
}
