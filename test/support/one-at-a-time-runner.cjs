const { default: TestRunner } = require('jest-runner');

/** Jest's own runner, but one test file after another whatever `maxWorkers` says. */
class OneAtATimeRunner extends TestRunner {
  isSerial = true;
}

module.exports = OneAtATimeRunner;
