/** What cannot be done about an enforcement as it stands. One sentence that says why. */
export class EnforcementRefused extends Error {
  readonly code = "ENFORCEMENT_REFUSED";

  constructor(reason: string) {
    super(reason);
    this.name = "EnforcementRefused";
  }
}
