import {
  isEjected,
  type LoadBalancerRule,
  type OutlierRule,
  type Resilience,
} from "@weir/domain/request-path";
import { type Balancer, createBalancer } from "../balance/balancer.ts";
import type { HashTables } from "../balance/hash-tables.ts";
import { leastRequest } from "../balance/least-request.ts";
import type { PickRequest } from "../balance/picker.ts";
import type { Target } from "../balance/target.ts";
import type { Upstream } from "../balance/upstream.ts";
import type { Exchange } from "../exchange.ts";
import { type HashOfRequest, hashOfRequest } from "./request-hash.ts";

export interface ChoiceSettings {
  readonly resilience: Pick<Resilience, "loadBalancer" | "outlier">;
  /** The sidecar's own zone. */
  readonly zone: string | undefined;
  readonly tables: HashTables;
  /** Gives a number in [0, 1). */
  readonly random: () => number;
}

/**
 * Chooses the endpoints of one service: by plain least request, or as its enforced policies say. What observed ones
 * would have chosen, and what plain balancing would have in place of enforced ones, is noted on the exchange.
 */
export class EndpointChoice {
  readonly #random: () => number;
  /** Absent: plain least request. */
  readonly #acting: Balancer | undefined;
  /** For choices that must avoid what was tried already. */
  readonly #plain: Balancer;
  readonly #observed: Balancer | undefined;
  readonly #loadBalancer: LoadBalancerRule | undefined;
  readonly #outlier: OutlierRule | undefined;
  readonly #hash: HashOfRequest | undefined;

  constructor({ resilience: { loadBalancer, outlier }, zone, tables, random }: ChoiceSettings) {
    const balances = loadBalancer?.mode === "enforce";
    const ejects = outlier?.mode === "enforce";
    const ejections = ejects ? outlier.settings : undefined;
    this.#random = random;
    this.#loadBalancer = loadBalancer;
    this.#outlier = outlier;
    this.#hash = loadBalancer?.settings.hashOn && hashOfRequest(loadBalancer.settings.hashOn);
    this.#plain = createBalancer(undefined);
    this.#acting =
      balances || ejects
        ? createBalancer(balances ? loadBalancer.settings : undefined, { zone, ejections, tables })
        : undefined;
    this.#observed =
      loadBalancer && !balances
        ? createBalancer(loadBalancer.settings, { zone, ejections, tables })
        : undefined;
  }

  /** An endpoint to send to; undefined when there is none. `except`: those tried already. */
  choose(
    exchange: Exchange,
    targets: readonly Target[],
    except?: readonly Upstream[] | undefined,
  ): Target | undefined {
    if (except !== undefined)
      return (this.#acting ?? this.#plain).pick(targets, this.#request(exchange, except));
    if (this.#outlier === undefined && this.#loadBalancer === undefined)
      return leastRequest(targets, this.#random);
    const plain = leastRequest(targets, this.#random);
    const request = this.#request(exchange);
    const chosen = this.#acting ? this.#acting.pick(targets, request) : plain;
    if (plain === undefined) return chosen;
    if (this.#outlier) exchange.avoids = wouldAvoid(plain, targets, this.#outlier);
    if (this.#loadBalancer) exchange.differs = (this.#observed?.pick(targets, request) ?? chosen) !== plain;
    return chosen;
  }

  /** How long an endpoint took until the first byte of its answer. */
  answered(target: Target, tookMs: number, nowMs: number): void {
    this.#acting?.observe(target, tookMs, nowMs);
    this.#observed?.observe(target, tookMs, nowMs);
  }

  #request(exchange: Exchange, except?: readonly Upstream[] | undefined): PickRequest {
    return { random: this.#random, nowMs: exchange.startMs, hash: this.#hash?.(exchange), except };
  }
}

/** Whether outlier detection keeps requests away from the endpoint now: it is ejected, and there is no panic. */
function wouldAvoid({ health }: Target, targets: readonly Target[], { settings }: OutlierRule): boolean {
  if (health === undefined || !isEjected(health.host)) return false;
  const healthy = targets.filter((target) => target.health && !isEjected(target.health.host)).length;
  return (100 * healthy) / targets.length >= settings.panicThresholdPercent;
}
