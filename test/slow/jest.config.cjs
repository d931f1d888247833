// What takes minutes: npm run test:agreement, npm run test:plans.
const fast = require('../../jest.config.cjs');

module.exports = {
  ...fast,
  rootDir: '../..',
  roots: ['<rootDir>/test/slow'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 1_800_000,
};
