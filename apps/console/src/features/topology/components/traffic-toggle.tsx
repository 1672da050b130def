import { CircleDotDashed } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { Tooltip } from "../../../ui/tooltip.tsx";
import type { useTraffic } from "../hooks/use-traffic.ts";

type TrafficToggleProps = Pick<ReturnType<typeof useTraffic>, "chosen" | "canMove" | "setChosen">;

/** Shows requests on their way, or not. Where they cannot move, what is chosen stays chosen, and why is said. */
export function TrafficToggle({ chosen, canMove, setChosen }: TrafficToggleProps) {
  const label = "Moving traffic";
  return (
    <Tooltip
      side="left"
      text={canMove ? label : `${label}: only live, and not where less motion is asked for`}
    >
      <Button
        look="quiet"
        size="icon"
        aria-label={label}
        aria-pressed={chosen}
        className="aria-pressed:text-accent"
        onClick={() => setChosen(!chosen)}
      >
        <CircleDotDashed size={15} aria-hidden />
      </Button>
    </Tooltip>
  );
}
