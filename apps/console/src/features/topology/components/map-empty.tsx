"use client";

import dynamic from "next/dynamic";
import { MapSkeleton } from "./map-skeleton.tsx";

/** Nothing has registered and nothing was measured; loaded only then, for most never see it. */
export const MapEmpty = dynamic(
  () => import("../../onboarding/index.ts").then((module) => module.OnboardingPage),
  { ssr: false, loading: MapSkeleton },
);
