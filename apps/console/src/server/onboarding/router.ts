import { router } from "../trpc.ts";
import { firstSigns } from "./first-signs.ts";

export const onboarding = router({ firstSigns });
