import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Of what one controller of all does at a time. */
export interface DutyMeters {
  /** 1 while this controller is the one. */
  readonly onDuty: Gauge;
  readonly dutySeconds: Histogram<"duty">;
  readonly dutyFailures: Counter<"duty">;
}

export interface DeliveryMeters {
  readonly deliveries: Counter<"outcome">;
}

/** What the controller counts about itself. Namespaces are few; nothing here is labelled by sidecar. */
export interface Meters extends DutyMeters, DeliveryMeters {
  readonly connectedSidecars: Gauge<"namespace">;
  /** Always 1, for the version in force in each namespace. */
  readonly snapshotInfo: Gauge<"namespace" | "version">;
  readonly snapshotBytes: Gauge<"namespace">;
  readonly pushes: Counter<"namespace">;
  readonly skipped: Counter;
  readonly acknowledgements: Counter;
  readonly refusals: Counter;
  readonly compileSeconds: Histogram;
  readonly publishSeconds: Histogram;
  readonly pushAckSeconds: Histogram;
}

const subSecondBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMeters(registry: Registry): Meters {
  const registers = [registry];
  return {
    connectedSidecars: new Gauge({
      name: "weir_controller_connected_sidecars",
      help: "Open control streams.",
      labelNames: ["namespace"],
      registers,
    }),
    snapshotInfo: new Gauge({
      name: "weir_controller_snapshot_info",
      help: "Always 1; the snapshot version that sidecars of the namespace should run.",
      labelNames: ["namespace", "version"],
      registers,
    }),
    snapshotBytes: new Gauge({
      name: "weir_controller_snapshot_bytes",
      help: "Size of the namespace's whole snapshot as JSON.",
      labelNames: ["namespace"],
      registers,
    }),
    pushes: new Counter({
      name: "weir_controller_pushes_total",
      help: "Snapshots written to a sidecar.",
      labelNames: ["namespace"],
      registers,
    }),
    skipped: new Counter({
      name: "weir_controller_skipped_snapshots_total",
      help: "Snapshots a slow sidecar never got because a newer one was ready first.",
      registers,
    }),
    acknowledgements: new Counter({
      name: "weir_controller_acks_total",
      help: "Snapshots that sidecars took.",
      registers,
    }),
    refusals: new Counter({
      name: "weir_controller_nacks_total",
      help: "Snapshots that sidecars refused.",
      registers,
    }),
    compileSeconds: new Histogram({
      name: "weir_controller_compile_seconds",
      help: "Compiling, encoding and hashing the snapshot of one namespace.",
      buckets: subSecondBuckets,
      registers,
    }),
    publishSeconds: new Histogram({
      name: "weir_controller_publish_seconds",
      help: "From hearing of a change until its snapshots are handed to every stream.",
      buckets: subSecondBuckets,
      registers,
    }),
    pushAckSeconds: new Histogram({
      name: "weir_controller_push_ack_seconds",
      help: "From writing a snapshot to a sidecar until its acknowledgement.",
      buckets: subSecondBuckets,
      registers,
    }),
    deliveries: createDeliveries(registry),
    ...createDutyMeters(registry),
  };
}

function createDutyMeters(registry: Registry): DutyMeters {
  const registers = [registry];
  return {
    onDuty: new Gauge({
      name: "weir_controller_on_duty",
      help: "1 where this controller is the one of all that drives rollouts and the like.",
      registers,
    }),
    dutySeconds: new Histogram({
      name: "weir_controller_duty_seconds",
      help: "One run of a duty.",
      labelNames: ["duty"],
      buckets: subSecondBuckets,
      registers,
    }),
    dutyFailures: new Counter({
      name: "weir_controller_duty_failures_total",
      help: "Runs of a duty that failed, and attempts to be elected that did.",
      labelNames: ["duty"],
      registers,
    }),
  };
}

/** Each outcome is there from the start: what begins at 1 is no increase to Prometheus. */
function createDeliveries(registry: Registry): DeliveryMeters["deliveries"] {
  const deliveries = new Counter({
    name: "weir_controller_deliveries_total",
    help: "Attempts to tell somebody of something: delivered, retried later, failed for good.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of ["delivered", "retried", "failed"]) deliveries.inc({ outcome }, 0);
  return deliveries;
}
