import type { Deadlines } from "../http1/deadlines.ts";
import type { HttpLimits } from "../http1/limits.ts";
import type { ServerSettings } from "../http1/server-settings.ts";
import { acceptHttp2 } from "../http2/accept-http2.ts";
import { rescue, writeAnswer } from "../rescue.ts";
import type { Meters } from "../telemetry/meters.ts";
import { type AdminFacts, adminPages } from "./admin-pages.ts";
import { serveAdmin } from "./admin-server.ts";

export interface AdminEngine {
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  /** Where what is no request is counted. */
  readonly meters: Meters;
}

/** The admin port, as a listener serves it. */
export function adminSettings(facts: AdminFacts, { limits, deadlines, meters }: AdminEngine): ServerSettings {
  return {
    limits,
    deadlines,
    serve: serveAdmin(adminPages(facts)),
    http2: acceptHttp2,
    refuse: (failure) => {
      meters.parseRejects.add(1, failure.reason);
      return writeAnswer(rescue(failure));
    },
  };
}
