export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/build', '<rootDir>/dist'],
  testTimeout: 60_000,
  // Every core: jest leaves one free for an editor that nobody waits for here.
  maxWorkers: '100%',
};
