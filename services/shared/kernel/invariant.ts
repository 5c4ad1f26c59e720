/** Thrown for a mistake in the program: never caused by input, never shown to a client. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** Asserts an invariant. Throws `InvariantViolation` with `message` when the condition is false. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}
