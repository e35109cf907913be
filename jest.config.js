/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // All cores: jest leaves one of two idle. A process that has loaded much starts anew, rather than collect garbage for the rest.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1.5GB',
  // What hangs ends; what is slow on a busy machine does not fail: many tests run the command.
  testTimeout: 120_000,
  // Those of *.long.test.ts are run by `npm run test:long` (jest.long.config.js).
  testMatch: ['<rootDir>/test/**/!(*.long).test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
    // ES modules, which Node requires and jest does not.
    '/(?:@marcbachmann/cel-js|@hpcc-js/wasm-graphviz|typescript)/.+\\.js$': [
      '@swc/jest',
      { jsc: { target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/|@hpcc-js/wasm-graphviz/|typescript/)'],
  moduleNameMapper: {
    '^cdk8s-espalier$': '<rootDir>/lib/index.ts',
    '^cdk8s-espalier/config$': '<rootDir>/lib/config.ts',
    '^cdk8s-espalier/rules$': '<rootDir>/lib/rules/index.ts',
    '^cdk8s-espalier/rules/testing$': '<rootDir>/lib/checks/testing.ts',
    '^cdk8s-espalier/imports/(.*)$': '<rootDir>/imports/$1.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
};
