/**
 * Jest reporter: fails the run when a test is skipped or planned, because it would look like a
 * passed one. Runs that select tests by name are exempt.
 */
class NoSkippedTests {
  constructor(globalConfig) {
    this.isSelective = Boolean(globalConfig.testNamePattern || globalConfig.onlyChanged);
  }

  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    if (skipped === 0 || this.isSelective) return;
    this.error = new Error(`${skipped} tests were skipped: remove them or make them run`);
    process.stderr.write(`\n${this.error.message}\n`);
  }

  /** Jest's hook that decides the exit code. */
  getLastError() {
    return this.error;
  }
}

module.exports = NoSkippedTests;
