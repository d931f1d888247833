const { transform, ...shared } = require('../../jest.config.cjs');

/** Deployments to an emulator of AWS: not part of `npm test`. */
module.exports = {
  ...shared,
  transform,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/deploy/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
