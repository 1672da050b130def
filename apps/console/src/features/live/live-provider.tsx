"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTRPC } from "../../client/trpc.ts";
import type { ChangeKind } from "../../server/live/change-hub.ts";
import { refreshMsOf, useWindow } from "../time/index.ts";
import { isAffected } from "./affected.ts";

export type LiveState = "connecting" | "live" | "reconnecting" | "paused";

interface Live {
  readonly state: LiveState;
  setPaused(paused: boolean): void;
  /** Numbers are read again this often at most, in milliseconds; 0: as soon as there are new ones. */
  readonly everyMs: number;
  setEvery(everyMs: number): void;
  /** Reads everything on the page again, also while paused. */
  refresh(): void;
}

const LiveContext = createContext<Live | undefined>(undefined);

/** Is this page live, and how to stop and refresh it. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error("useLive needs a LiveProvider above it");
  return live;
}

/** A window moves on even when nothing is reported: without this a silent mesh would look as it did at its end. */
const idleRefreshMs = 10_000;

/**
 * Keeps what is on the page fresh: each notice of the server makes the queries that it touches read again. A
 * hidden page lets go of its connection (a browser has six for each host) and reads everything when it is seen again.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const trpc = useTRPC();
  const { length } = useWindow();
  const [paused, setPaused] = useState(false);
  const [everyMs, setEvery] = useState(0);
  const [everStarted, setEverStarted] = useState(false);
  const [lost, setLost] = useState(false);
  const visible = useVisible();
  const active = !paused && visible;
  const invalidate = useInvalidate(Math.max(everyMs, refreshMsOf(length)));

  const subscription = useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      enabled: active,
      onStarted: () => {
        // What is on the page was read a moment ago; after a break it may be anything.
        if (everStarted) invalidate("resync");
        setEverStarted(true);
      },
      onData: ({ data: { kind } }) => {
        setLost(kind === "lost");
        invalidate(kind);
      },
    }),
  );

  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => invalidate("telemetry"), idleRefreshMs);
    return () => clearInterval(timer);
  }, [active, invalidate]);

  const live = useMemo<Live>(
    () => ({
      state: stateOf(paused, subscription.status === "pending" && !lost, everStarted),
      setPaused,
      everyMs,
      setEvery,
      refresh: () => void queries.invalidateQueries(),
    }),
    [paused, everyMs, subscription.status, lost, everStarted, queries],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

function stateOf(paused: boolean, connected: boolean, everStarted: boolean): LiveState {
  if (paused) return "paused";
  if (connected) return "live";
  return everStarted ? "reconnecting" : "connecting";
}

/** Marks queries as old, those of telemetry at most once in `telemetryEveryMs` and never losing the last notice. */
function useInvalidate(telemetryEveryMs: number) {
  const queries = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(0);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return useCallback(
    (kind: ChangeKind) => {
      const run = () =>
        void queries.invalidateQueries(
          { predicate: (query) => isAffected(kind, query.queryKey) },
          { cancelRefetch: false },
        );
      if (kind !== "telemetry") return run();
      if (waiting.current !== undefined) return;
      const delay = Math.max(0, lastAt.current + telemetryEveryMs - performance.now());
      waiting.current = setTimeout(() => {
        waiting.current = undefined;
        lastAt.current = performance.now();
        run();
      }, delay);
    },
    [queries, telemetryEveryMs],
  );
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === "visible");
    update();
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, []);
  return visible;
}
