"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { problemOf } from "../../../client/problem.ts";
import { saveFile } from "../../../client/save-file.ts";
import { useTRPCClient } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { raiseNotice } from "../../../ui/notice.ts";

/** All policies as one file of YAML. */
export function ExportPolicies() {
  const { policies } = useTRPCClient();
  const file = useMutation({
    mutationFn: () => policies.text.query(),
    onSuccess: (text) => saveFile(new Blob([text], { type: "application/yaml" }), "weir-policies.yaml"),
    onError: (error) => raiseNotice("error", `Not exported: ${problemOf(error).message}`),
  });
  return (
    <Button disabled={file.isPending} onClick={() => file.mutate()}>
      <Download size={15} aria-hidden /> Export
    </Button>
  );
}
