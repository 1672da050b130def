import type { Metadata } from "next";
import { CanariesPage } from "../../features/canaries/index.ts";

export const metadata: Metadata = { title: "Canaries" };

export default function Page() {
  return <CanariesPage />;
}
