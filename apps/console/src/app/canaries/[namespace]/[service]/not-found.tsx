import type { Metadata } from "next";
import { UnknownCanary } from "../../../../features/canaries/index.ts";

export const metadata: Metadata = { title: "No such service" };

export default function NotFound() {
  return <UnknownCanary />;
}
