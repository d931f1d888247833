module.exports = {
  roots: ['<rootDir>/lib', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Slow things have a script and a configuration of their own.
  testPathIgnorePatterns: ['/node_modules/', '/test/slow/', '/test/deploy/', '/test/scan/'],
  transform: { '\\.ts$': '<rootDir>/test/esbuild-transform.cjs' },
  reporters: ['default', '<rootDir>/test/closing-line-reporter.cjs'],
  globalSetup: '<rootDir>/test/generate-validator.cjs',
  testEnvironment: 'node',
  testTimeout: 120_000,
};
