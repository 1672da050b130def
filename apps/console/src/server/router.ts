import { canaries } from "./canaries/router.ts";
import { changes } from "./changes/router.ts";
import { enforcement } from "./enforcement/router.ts";
import { heatmap } from "./heatmap/router.ts";
import { live } from "./live/router.ts";
import { mesh } from "./mesh/router.ts";
import { modes } from "./modes/router.ts";
import { notifications } from "./notifications/router.ts";
import { onboarding } from "./onboarding/router.ts";
import { policies } from "./policies/router.ts";
import { preview } from "./preview/router.ts";
import { rollouts } from "./rollouts/router.ts";
import { services } from "./services/router.ts";
import { settings } from "./settings/router.ts";
import { tap } from "./tap/router.ts";
import { topology } from "./topology/router.ts";
import { traces } from "./traces/router.ts";
import { router } from "./trpc.ts";
import { views } from "./views/router.ts";

/** Where each noun's procedures are. */
export const appRouter = router({
  canaries,
  changes,
  enforcement,
  heatmap,
  live,
  mesh,
  modes,
  notifications,
  onboarding,
  policies,
  preview,
  rollouts,
  services,
  settings,
  tap,
  topology,
  traces,
  views,
});

export type AppRouter = typeof appRouter;
