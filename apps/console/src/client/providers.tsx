"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { LiveProvider } from "../features/live/index.ts";
import { TooltipProvider } from "../ui/tooltip.tsx";
import { makeQueryClient, makeTrpcClient } from "./make-clients.ts";
import { TRPCProvider } from "./trpc.ts";

/** Everything a page may take for granted: theme, address state, queries, live changes, tooltips. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(makeTrpcClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <NuqsAdapter>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
            <LiveProvider>
              <TooltipProvider>{children}</TooltipProvider>
            </LiveProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
