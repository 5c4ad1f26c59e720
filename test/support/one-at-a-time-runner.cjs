const { default: TestRunner } = require('jest-runner');

/** Jest's own runner, one test file at a time whatever `maxWorkers` says. */
class OneAtATimeRunner extends TestRunner {
  isSerial = true;
}

module.exports = OneAtATimeRunner;
