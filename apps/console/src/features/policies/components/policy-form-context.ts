"use client";

import type { Finding } from "@weir/domain";
import { type ComponentType, createContext, type ReactNode, useContext } from "react";
import type { FormEdit } from "../view-model/form-edit.ts";
import type { Path, PolicySchema } from "../view-model/policy-schema.ts";

export interface FieldProps {
  readonly schema: PolicySchema;
  readonly value: unknown;
  readonly path: Path;
  /** As the YAML names it: a member, or an item such as `rules[0]`. */
  readonly label: string;
  /** What can be done with the whole of it: remove, move. */
  readonly actions?: ReactNode;
}

interface PolicyFormContext {
  /** Shows what stands at a place, of whatever shape: from here, because shapes hold each other. */
  readonly Field: ComponentType<FieldProps>;

  /** Changes the text; then the element of this id takes the focus, where there is one. */
  edit(edits: readonly FormEdit[], focus?: string): void;
  /** What is wrong or odd at exactly this place. */
  findingsAt(path: Path): readonly Finding[];
  /** Of the control or the group that stands for a place. */
  idOf(path: Path): string;
}

const context = createContext<PolicyFormContext | undefined>(undefined);

export const PolicyFormProvider = context.Provider;

export function usePolicyForm(): PolicyFormContext {
  const form = useContext(context);
  if (!form) throw new Error("a field of a policy's form stands outside of the form");
  return form;
}
