"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";

const order = ["system", "light", "dark"] as const;
type Theme = (typeof order)[number];
const icons = { system: Monitor, light: Sun, dark: Moon };

/** Goes round: the system's theme, light, dark. */
export function ThemeControl() {
  const { theme, setTheme } = useTheme();
  // Which theme was chosen stands in the browser only, so the first drawing must not depend on it.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const current: Theme = (mounted && order.find((candidate) => candidate === theme)) || "system";
  const next = order[(order.indexOf(current) + 1) % order.length] ?? "system";
  const Icon = icons[current];
  return (
    <Tooltip text={`Theme: ${current}`}>
      <Button
        look="quiet"
        size="icon"
        aria-label={`Theme: ${current}; change to ${next}`}
        onClick={() => setTheme(next)}
      >
        <Icon size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}
