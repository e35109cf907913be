/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    '^cdk8s-espalier$': '<rootDir>/lib/index.ts',
    '^cdk8s-espalier/imports/(.*)$': '<rootDir>/imports/$1.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
};
