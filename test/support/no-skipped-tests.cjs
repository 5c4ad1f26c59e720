/**
 * A skipped or planned test fails the run: it says nothing, but would look like one that passed.
 * Runs that select tests by name leave the others out on purpose.
 */
class NoSkippedTests {
  constructor(globalConfig) {
    this.selective = Boolean(globalConfig.testNamePattern || globalConfig.onlyChanged);
    this.left = 0;
  }

  onRunComplete(_contexts, results) {
    this.left = results.numPendingTests + results.numTodoTests + results.numPendingTestSuites;
  }

  getLastError() {
    if (this.selective || this.left === 0) return undefined;
    return new Error(`${this.left} tests were skipped; remove them or make them run`);
  }
}

module.exports = NoSkippedTests;
