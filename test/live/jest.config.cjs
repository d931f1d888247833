const fast = require('../../jest.config.cjs');

/** Drift against the answers of an emulator of AWS: not part of `npm test`. */
module.exports = {
  ...fast,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/live/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 900_000,
};
