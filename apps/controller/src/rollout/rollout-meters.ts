import { hasEnded, trafficOf } from "@weir/rollout";
import type { LookTaken, StoredRollout } from "@weir/store";
import { Counter, Gauge, type Registry } from "prom-client";

type OfService = "namespace" | "service";

/** What the rollouts that this controller drives are doing; nothing where another drives them. */
export class RolloutMeters {
  readonly #phase: Gauge<OfService | "phase">;
  readonly #weight: Gauge<OfService>;
  readonly #step: Gauge<OfService>;
  readonly #age: Gauge<OfService>;
  readonly #looks: Counter<"action">;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ["namespace", "service"] as const;
    const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames, registers });
    this.#phase = new Gauge({
      name: "weir_rollout_phase",
      help: "1 for the phase that a service's rollout is in.",
      labelNames: [...labelNames, "phase"],
      registers,
    });
    this.#weight = gauge("weir_rollout_canary_weight", "Per cent of all requests that are the canary's.");
    this.#step = gauge("weir_rollout_step", "The step that a rollout is in, from 1.");
    this.#age = gauge(
      "weir_rollout_evidence_age_seconds",
      "Since the end of the newest requests that a rollout was judged by.",
    );
    this.#looks = new Counter({
      name: "weir_rollout_looks_total",
      help: "Looks at rollouts, by what was decided.",
      labelNames: ["action"],
      registers,
    });
    this.#looks.inc({ action: "rollBack" }, 0); // what begins at 1 is no increase to Prometheus
  }

  looked({ plan }: StoredRollout, { decision }: LookTaken): void {
    const { state, evidence, atMs, action } = decision;
    const service = { namespace: plan.namespace, service: plan.targetRef };
    const traffic = trafficOf(plan, state);
    this.#looks.inc({ action });
    if (hasEnded(state)) return;
    this.#phase.set({ ...service, phase: state.phase }, 1);
    this.#weight.set(service, traffic.kind === "weight" ? traffic.canary : 0);
    this.#step.set(service, state.step + 1);
    if (evidence.toMs !== undefined) this.#age.set(service, (atMs - evidence.toMs) / 1000);
  }

  /** What was said of rollouts that are over, or another's by now. */
  forget(): void {
    for (const gauge of [this.#phase, this.#weight, this.#step, this.#age]) gauge.reset();
  }
}
