// Minutes of real cdktf and Terraform, beside what they test: npm run test:plans.
const slow = ['/test/cdktf/', '/test/terraform/after-failover', '/test/read-back/terraform', '/test/data-stores/terraform'];

module.exports = {
  roots: ['<rootDir>/lib', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Slow things have a script and a configuration of their own.
  testPathIgnorePatterns: ['/node_modules/', '/test/slow/', '/test/deploy/', '/test/scan/', '/test/live/', ...slow],
  transform: { '\\.ts$': '<rootDir>/test/esbuild-transform.cjs' },
  reporters: ['default', '<rootDir>/test/closing-line-reporter.cjs'],
  globalSetup: '<rootDir>/test/generate-compiled.cjs',
  // Examples import the package as users do.
  moduleNameMapper: { '^nines$': '<rootDir>/lib/index.ts', '^nines/constructs$': '<rootDir>/lib/constructs.ts' },
  testEnvironment: 'node',
  // Jest leaves one core to itself; of two that is half.
  maxWorkers: '100%',
  // As arguments of each module: looked up in the sandbox, each Math.exp would take a hundred times as long.
  // Not Uint8Array: a stream library below cdktf declares it in its modules.
  sandboxInjectedGlobals: ['Math', 'Int32Array', 'Float64Array', 'BigInt', 'performance'],
  testTimeout: 120_000,
};
