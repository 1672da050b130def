import type { Lock } from "../view-model/security-words.ts";
import { lockIcons, lockTones } from "./lock-icons.ts";

interface LockSignProps {
  readonly lock: Lock;
  /** Left end of the label, in pixels. */
  readonly x: number;
}

/** How an edge's connections are secured, in the place of its health. */
export function LockSign({ lock, x }: LockSignProps) {
  const Icon = lockIcons[lock];
  return <Icon x={x - 1} y={4} width={11} height={11} className={lockTones[lock]} />;
}
