/** What `npm test` runs: every test that `npx jest` runs file by file, a folder at a time (test/rooms/room.ts). */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/rooms/!(room|fewer-inputs|*.test).ts'],
  setupFiles: ['<rootDir>/test/rooms/fewer-inputs.ts'],
  testSequencer: '<rootDir>/test/rooms/longest-first.cjs',
};
