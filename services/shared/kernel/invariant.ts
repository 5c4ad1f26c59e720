/** Thrown when the program itself is wrong: never caused by input, never shown to a client. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** States what must be true here. Throws `InvariantViolation` with `message` when it is not. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}
