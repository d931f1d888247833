// Ends a test run with the line that .ci/run adds up, and says loudly what was left out.
module.exports = class {
  constructor(config) {
    // Tests that a name pattern leaves aside are not missing anything.
    this.byName = Boolean(config.testNamePattern);
  }

  onRunComplete(_, results) {
    const leftOut = (this.byName ? [] : results.testResults).flatMap((file) =>
      file.testResults.filter((test) => test.status === 'pending' || test.status === 'todo').map((test) => test.fullName),
    );
    if (leftOut.length > 0) {
      console.log(`\nLEFT OUT: ${leftOut.length} tests whose tools are not on this machine (NINES_REQUIRE_ALL=1 makes each a failure):`);
      for (const name of leftOut) console.log(`  ${name}`);
    }
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    console.log(`\n${results.numPassedTests} passed, ${failed} failed${leftOut.length > 0 ? `, ${leftOut.length} skipped` : ''}`);
  }
};
