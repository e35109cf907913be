import fc from 'fast-check';

// Loaded before the tests of `npm test`. All 100 are tried by `npm run test:long`, and by `npx jest`.
fc.configureGlobal({ numRuns: 30 });
