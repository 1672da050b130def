"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { ServicePolicy } from "../../../server/services/policies.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatCount, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { ModeSign } from "../../modes/index.ts";
import { splitParts } from "../view-model/split-difference.ts";
import type { OfService } from "./service-overhead.tsx";

type Sent = Parameters<typeof splitParts>[1];

/** Policies that touch the service, with what they did in the window; of splits, the wanted shares against the real ones. */
export function ServicePolicies({ of }: { of: OfService }) {
  const policies = useQuery(
    useTRPC().services.policies.queryOptions(of, { placeholderData: keepPreviousData }),
  );
  return (
    <Answer query={policies} what="its policies" rows={3}>
      {(data) =>
        data.policies.length === 0 ? (
          <p className="p-4 text-muted">
            No policy is about this service, and none decided about its requests.
          </p>
        ) : (
          <Table caption="Policies">
            <thead>
              <tr>
                <HeadCell>Policy</HeadCell>
                <HeadCell>Kind</HeadCell>
                <HeadCell>Mode</HeadCell>
                <HeadCell>Shares: effective, actual</HeadCell>
                <HeadCell numeric>Evaluated</HeadCell>
                <HeadCell numeric>Would act</HeadCell>
                <HeadCell numeric>Acted</HeadCell>
              </tr>
            </thead>
            <tbody>
              {data.policies.map((policy) => (
                <PolicyRow
                  key={`${policy.kind} ${policy.namespace}/${policy.name}`}
                  policy={policy}
                  sent={data.sent}
                />
              ))}
            </tbody>
          </Table>
        )
      }
    </Answer>
  );
}

function PolicyRow({ policy, sent }: { policy: ServicePolicy; sent: Sent }) {
  const { inForce, verdicts, splits } = policy;
  const sum = (of: "evaluated" | "wouldAct" | "acted") =>
    verdicts.reduce((total, verdict) => total + verdict[of], 0);
  return (
    <tr className="hover:bg-hover">
      <Cell className="font-medium">{policy.name}</Cell>
      <Cell className="text-muted">{policy.kind}</Cell>
      <Cell>
        {inForce ? (
          <ModeSign mode={inForce.origin === "hold" ? "hold" : inForce.mode} />
        ) : (
          <span className="text-faint">removed</span>
        )}
      </Cell>
      <Cell className="font-mono text-[0.8125rem]">
        {splits.length === 0
          ? "–"
          : splits.map(({ path, backends }) => (
              <span key={path} className="block whitespace-nowrap">
                {splitParts(backends, sent)
                  .map(({ version, wanted, got }) => `${version} ${formatShare(wanted)}, ${formatShare(got)}`)
                  .join(" · ")}
              </span>
            ))}
      </Cell>
      <Cell numeric>{formatCount(sum("evaluated"))}</Cell>
      <Cell numeric>{formatCount(sum("wouldAct"))}</Cell>
      <Cell numeric>{formatCount(sum("acted"))}</Cell>
    </tr>
  );
}
