import Link from "next/link";
import type { TappedRequest } from "../../../server/tap/tapped-request.ts";
import { DecisionEffect } from "../../../ui/decision-effect.tsx";
import { formatBytes, formatSeconds } from "../../../ui/format/numbers.ts";
import { useLink } from "../../frame/index.ts";

/** All that is known of a request: where its time went, what policies said, its trace. */
export function TapDetail({ request }: { readonly request: TappedRequest }) {
  const link = useLink();
  const { seconds, upstreamSeconds, requestBytes, responseBytes, protocol, traceId, decisions } = request;
  return (
    <div className="flex flex-col gap-3 bg-sunken px-4 py-3 text-sm">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        <Fact name="At the upstream" value={formatSeconds(upstreamSeconds)} />
        <Fact name="In the sidecar" value={formatSeconds(Math.max(0, seconds - upstreamSeconds))} />
        <Fact name="Sent" value={formatBytes(requestBytes)} />
        <Fact name="Received" value={formatBytes(responseBytes)} />
        <Fact name="Protocol" value={protocol} />
      </dl>
      {decisions.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {decisions.map((decision) => (
            <li key={`${decision.policy} ${decision.verdict}`} className="flex flex-wrap gap-x-2">
              <span className="font-medium">{decision.policy}</span>
              <span className="text-muted">{decision.kind}</span>
              <span>{decision.verdict}</span>
              <DecisionEffect {...decision} />
              {decision.reason !== "" && <span className="text-muted">{decision.reason}</span>}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">No policy had a say in it.</p>
      )}
      {traceId !== undefined && (
        <Link href={link(`/traces/${traceId}`)} className="w-fit text-accent hover:underline">
          Its trace
        </Link>
      )}
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex gap-2">
      <dt className="text-muted">{name}</dt>
      <dd className="font-mono text-[0.8125rem]">{value}</dd>
    </div>
  );
}
