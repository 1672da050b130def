import { TRPCError } from "@trpc/server";

/** A parameter whose value is of the right form and cannot be meant. */
export class InvalidParameter extends TRPCError {
  readonly parameter: string;

  /** @param message what is wrong with it, and what would be right. */
  constructor(parameter: string, message: string) {
    super({ code: "BAD_REQUEST", message });
    this.name = "InvalidParameter";
    this.parameter = parameter;
  }
}
