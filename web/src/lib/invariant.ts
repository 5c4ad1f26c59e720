/** Throws when a claim about our own code does not hold. */
export function invariant(claim: unknown, message: string): asserts claim {
  if (!claim) throw new Error(`Invariant: ${message}`);
}
