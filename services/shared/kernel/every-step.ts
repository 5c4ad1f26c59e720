/**
 * Takes the steps one after the other, each whatever became of the one before. Throws what went
 * wrong at the end: the error itself when it is the only one, else an `AggregateError` of all.
 */
export async function everyStep(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

/** Throws the errors as one, if there are any: the only one itself, several as `AggregateError`. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} steps failed`);
}
