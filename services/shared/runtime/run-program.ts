const FAILED = 1;

/** Returns the messages of an error and of its causes, one a line. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const causes = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const all = [...causes, ...(error.cause === undefined ? [] : [error.cause])];
  return [error.message, ...all.map(messagesOf)].join('\n');
}

/**
 * Runs the main function of a program. A returned number is the exit code; an error is written to
 * stderr with its causes, and the exit code is 1.
 */
export function runProgram(main: () => Promise<number | void>): void {
  main().then(
    (code) => {
      if (typeof code === 'number') process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${messagesOf(error)}\n`);
      process.exitCode = FAILED;
    },
  );
}
