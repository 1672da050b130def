import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EnforcementPage } from "../../../features/enforcement/index.ts";

export const metadata: Metadata = { title: "Enforcement" };

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) notFound();
  return <EnforcementPage id={Number(id)} />;
}
