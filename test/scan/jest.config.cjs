const fast = require('../../jest.config.cjs');

/** The security scanner over the plans of all topologies: not part of `npm test`. */
module.exports = {
  ...fast,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/scan/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 900_000,
};
