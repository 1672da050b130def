import { type Policy, ValidationError } from "@weir/domain";
import type { Transaction } from "../config/config-database.ts";
import { policyLabel } from "../config/stored-policy.ts";

/**
 * What a rollout steers is nobody else's until it is over: neither its canary policy, nor another one for its service, which
 * might come before it. With `itself` only the policy that it steers is refused.
 * @throws ValidationError, which says which rollout and how to end it.
 */
export async function refuseSteered(
  transaction: Transaction,
  policies: readonly Policy[],
  { itself = false }: { readonly itself?: boolean } = {},
): Promise<void> {
  const rollouts = await transaction.rollout.findMany({
    where: { namespace: { in: [...new Set(policies.map(({ namespace }) => namespace))] }, endedAt: null },
    select: { id: true, namespace: true, service: true, policy: true },
  });
  if (rollouts.length === 0) return;
  for (const { namespace, name, kind, targetRef } of policies) {
    const steering = rollouts.find(
      (one) =>
        one.namespace === namespace &&
        (one.policy === name || (one.service === targetRef && kind === "canary" && !itself)),
    );
    if (!steering) continue;
    const { service, policy } = steering;
    const what = policy === name ? "it" : `the canary of ${service}, ${policy},`;
    throw steered(policyLabel(namespace, name), steering, "", what);
  }
}

/**
 * Nor is the version that takes all requests in an observing mesh: the rollout's baseline, and its canary once it has succeeded.
 * @throws ValidationError as above.
 */
export async function refuseSteeredService(
  transaction: Transaction,
  namespace: string,
  service: string,
): Promise<void> {
  const steering = await transaction.rollout.findFirst({
    where: { namespace, service, endedAt: null },
    select: { id: true },
  });
  if (steering)
    throw steered(
      `service/${namespace}/${service}`,
      { ...steering, namespace, service },
      "stableVersion",
      `which version of ${service} is the stable one`,
    );
}

function steered(
  subject: string,
  { id, namespace, service }: { readonly id: number; readonly namespace: string; readonly service: string },
  path: string,
  what: string,
): ValidationError {
  return new ValidationError(subject, [
    {
      ...{ code: "steered-by-rollout", path, severity: "error" },
      message: `rollout ${id} of ${service} steers ${what} until it is over; weir rollout abort ${namespace}/${service} ends it`,
      fix: `Change the rollout instead, or end it on its page, /rollouts/${id}.`,
    },
  ]);
}
