const { transform, ...shared } = require('../../jest.config.cjs');

/** Deployments to an emulator of AWS: not part of `npm test`. */
module.exports = {
  ...shared,
  transform,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/deploy/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/deploy/set-up.ts',
  // Nearly all of the time the provider waits: all files side by side, on however few cores.
  maxWorkers: 8,
};
