import {
  type DeniedCaller,
  fewestRequests,
  type Gate,
  type Prediction,
  requestsOf,
  type VerdictActs,
} from "@weir/rollout";
import { printable } from "./console-api.ts";
import { renderTable } from "./render-table.ts";

/** What enforcing would do, who would be denied first. */
export function predictionText({ policies, services }: Prediction, gate: Gate, window: string): string {
  if (policies.length === 0) return "no policy begins to act with this switch";
  const parts = [
    gate.denied.length > 0 &&
      `would be denied by at least one policy, each request once, of the requests of the last ${window}:\n${renderTable(
        ["CALLER", "DENIED", "OF REQUESTS", "TO", "SHARE", "BY"],
        gate.denied.map(deniedRow),
      )}`,
    gate.unproven.length > 0 &&
      `no evidence, fewer than ${fewestRequests} requests in the last ${window}: ${gate.unproven.join(", ")}`,
    gate.unheard.length > 0 &&
      `called within the last day, and nothing was judged of them since: ${gate.unheard
        .map(({ namespace, service }) =>
          namespace === "" ? "outside the mesh" : printable(`${namespace}/${service}`),
        )
        .join(", ")}`,
    renderTable(
      ["POLICY", "SERVICE", "REQUESTS", "WOULD ACT", "HOW"],
      policies.map(({ namespace, name, targetRef, evaluated, requests, acts, verdicts }) => [
        ...[`${namespace}/${name}`, targetRef, String(requestsOf({ evaluated, requests }))],
        evaluated === 0 ? "unknown" : `${acts} (${percent(acts / requestsOf({ evaluated, requests }))})`,
        howOf(verdicts),
      ]),
    ),
    services.length > 0 &&
      renderTable(
        ["SERVICE NOW", "REQUESTS", "FAILED"],
        services.map(({ namespace, service, requests, failures }) => [
          ...[printable(`${namespace}/${service}`), String(requests)],
          requests === 0 ? "unknown" : percent(failures / requests),
        ]),
      ),
  ];
  return parts.filter((part) => part !== false).join("\n\n");
}

/** Several policies may mean the same requests: then it is from how many to how many. */
function deniedRow({ namespace, service, denied, requests, services, policies }: DeniedCaller): string[] {
  const [least, most] = [denied.atLeast, denied.atMost ?? denied.atLeast];
  const both = (of: (count: number) => string) => (least === most ? of(most) : `${of(least)} to ${of(most)}`);
  return [
    namespace === "" ? "outside the mesh" : printable(`${namespace}/${service}`),
    ...[both(String), String(requests), services.join(", ")],
    ...[both((count) => percent(count / requests)), policies.join(", ")],
  ];
}

function howOf(verdicts: readonly VerdictActs[]): string {
  const acting = verdicts.filter(({ acts }) => acts > 0).map(({ verdict }) => verdict);
  return acting.length === 0 ? "-" : printable(acting.join("; "));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
