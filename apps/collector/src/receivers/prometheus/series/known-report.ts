import type { EdgeReport } from "../mesh/mesh-table.ts";

/** A report with the keys by which it is compared with others. */
export interface KnownReport extends EdgeReport {
  /** Equal for reports of the same reporter about the same two ends. */
  readonly endsKey: string;
  /** Equal for reports that split requests in the same way. */
  readonly answerKey: string;
}

export function knownReportOf(report: EdgeReport): KnownReport {
  const { reporter, source, destination, answer } = report;
  const { protocol, method, status, grpcStatus, flag, security } = answer;
  return {
    ...report,
    endsKey: JSON.stringify([reporter, ...namesOf(source), ...namesOf(destination)]),
    answerKey: JSON.stringify([protocol, method, status, grpcStatus, flag, security]),
  };
}

/** Dozens of series say the same of one edge: it is kept once. */
export class KnownReports {
  #reports = new Map<string, KnownReport>();

  /** The one that says the same. */
  share(report: KnownReport): KnownReport {
    const key = report.endsKey + report.answerKey;
    const known = this.#reports.get(key);
    if (!known) this.#reports.set(key, report);
    return known ?? report;
  }

  /** Forgets all but these. */
  keep(used: Iterable<KnownReport>): void {
    this.#reports = new Map();
    for (const report of used) this.share(report);
  }
}

function namesOf({ namespace, service, version }: EdgeReport["source"]): readonly string[] {
  return [namespace, service, version];
}
