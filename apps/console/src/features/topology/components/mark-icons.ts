import {
  Ban,
  Bug,
  FlipHorizontal2,
  Gauge,
  type LucideIcon,
  RotateCw,
  Split,
  TimerOff,
  Zap,
} from "lucide-react";
import type { MarkKind } from "../../../server/topology/map-marks.ts";

export const markIcons: Readonly<Record<MarkKind, LucideIcon>> = {
  canary: Split,
  mirror: FlipHorizontal2,
  fault: Bug,
  retry: RotateCw,
  timeout: TimerOff,
  breaker: Zap,
  limit: Gauge,
  denied: Ban,
};
