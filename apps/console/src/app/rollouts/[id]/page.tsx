import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RolloutPage } from "../../../features/rollouts/index.ts";

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Rollout ${(await params).id}` };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) notFound();
  return <RolloutPage id={Number(id)} />;
}
