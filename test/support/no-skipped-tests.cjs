/**
 * A skipped or planned test fails the run: it says nothing, but would look like one that passed.
 * Runs that select tests by name leave the others out on purpose.
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

  /** What jest asks to decide about its exit code. */
  getLastError() {
    return this.error;
  }
}

module.exports = NoSkippedTests;
