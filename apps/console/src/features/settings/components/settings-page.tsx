"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { NotificationsPanel } from "../../notifications/index.ts";
import { useBrowserSettings } from "../hooks/use-browser-settings.ts";
import { BrowserPanel } from "./browser-panel.tsx";
import { ServerFacts } from "./server-facts.tsx";

/** What the reader likes, for this browser; who is told of what happens; and what the server is set to, to be read only. */
export function SettingsPage() {
  const { settings } = useBrowserSettings();
  const facts = useQuery(useTRPC().settings.facts.queryOptions());
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-4 p-3 md:p-6">
      <h1 className="font-semibold text-lg">Settings</h1>
      <BrowserPanel />
      <NotificationsPanel />
      <Panel title="The server" aside={<span className="text-faint text-xs">set where it is started</span>}>
        <Answer query={facts} what="the server's settings">
          {/* Told anew in the other unit. */}
          {(data) => <ServerFacts key={settings.bytes} facts={data} />}
        </Answer>
      </Panel>
    </div>
  );
}
