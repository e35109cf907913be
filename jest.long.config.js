/** What `npm run test:long` runs: what takes long because it starts many processes, installs, or tries many random inputs. */
/** @type {import('jest').Config} */
module.exports = { ...require('./jest.config.js'), testMatch: ['<rootDir>/test/**/*.long.test.ts'] };
