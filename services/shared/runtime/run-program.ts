const FAILED = 1;

/** The message of an error and those of its causes, one a line. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const causes = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const all = [...causes, ...(error.cause === undefined ? [] : [error.cause])];
  return [error.message, ...all.map(messagesOf)].join('\n');
}

/**
 * Runs the main function of a program. Its number is the exit code, 0 without one; an error is
 * written to stderr with its causes, and the exit code is 1.
 */
export function runProgram(main: () => Promise<number | void>): void {
  main().then(
    (code) => (process.exitCode = code ?? 0),
    (error: unknown) => {
      process.stderr.write(`${messagesOf(error)}\n`);
      process.exitCode = FAILED;
    },
  );
}
