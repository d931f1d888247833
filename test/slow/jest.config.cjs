// What takes minutes: npm run test:agreement, npm run test:plans.
const fast = require('../../jest.config.cjs');

module.exports = {
  ...fast,
  rootDir: '../..',
  testMatch: ['slow/', 'cdktf/', 'terraform/after-failover', 'read-back/terraform', 'data-stores/terraform'].map(
    (where) => `<rootDir>/test/${where}**.test.ts`,
  ),
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 1_800_000,
};
