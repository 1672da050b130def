import type { Metadata } from "next";
import { NewRolloutPage } from "../../../features/rollouts/index.ts";

export const metadata: Metadata = { title: "New rollout" };

export default function Page() {
  return <NewRolloutPage />;
}
