import type { Mutant } from './mutant.ts';

/** Faults in what several components, or several jobs, come to together. */
export const severalMutants: readonly Mutant[] = [
  {
    name: 'a release comes back in the order in which it was deployed',
    edits: [
      {
        file: 'actions/rollback/rollback.ts',
        before: 'for (const wave of plan.waves.toReversed()) {',
        after: 'for (const wave of plan.waves) {',
      },
    ],
    tries: ['release/in-order-and-back'],
  },
  {
    name: 'a wave begins although the one before has failed',
    edits: [
      {
        file: 'actions/deploy/in-waves.ts',
        before: 'if (!ended.every(worker.isGood)) break;',
        after: 'if (!ended.every(() => true)) break;',
      },
    ],
    tries: ['release/in-order-and-back'],
  },
  {
    name: 'one component is taken for the whole release by the next environment',
    edits: [
      {
        file: 'packages/core/gate/earlier.ts',
        before: 'if (missing.length > 0) return [verifiedInPart(plan, after, verified, missing)];',
        after: 'if (missing.length > 600) return [verifiedInPart(plan, after, verified, missing)];',
      },
    ],
    tries: ['release/one-component'],
  },
  {
    name: 'a component that somebody else took over leaves the others half done',
    edits: [
      {
        file: 'actions/deploy/conclude.ts',
        before: "new Set(['refused', 'superseded', 'stopped'])",
        after: "new Set(['refused'])",
      },
    ],
    tries: ['lambda/one-of-two-superseded'],
  },
  {
    name: 'a way back takes away what somebody else has put there',
    edits: [
      {
        file: 'actions/rollback/rollback.ts',
        before: "(outcome === 'superseded' || outcome === 'stopped' ? [name] : [])",
        after: "(outcome === 'refused' ? [name] : [])",
      },
    ],
    tries: ['lambda/one-of-two-superseded'],
  },
  {
    name: 'a part that has vanished is waited for',
    edits: [
      {
        file: 'actions/deploy/await-parts.ts',
        before: '(await jobsUnderWay(writer.github, writer.run)).length <= 1;',
        after: '(await jobsUnderWay(writer.github, writer.run)).length < 1;',
      },
    ],
    tries: ['in-parts/part-lost'],
  },
  {
    name: 'a release is good when one of its parts is',
    edits: [
      {
        file: 'actions/deploy/await-parts.ts',
        before: 'if (names.every(part => Object.hasOwn(ends, part))',
        after: 'if (names.some(part => Object.hasOwn(ends, part))',
      },
      {
        file: 'actions/deploy/await-parts.ts',
        before: 'const results = names.map(',
        after: 'const results = names.filter(part => Object.hasOwn(ends, part)).map(',
      },
    ],
    tries: ['in-parts/released', 'in-parts/part-lost'],
  },
  {
    name: 'a digest that has vanished is taken for none',
    edits: [
      {
        file: 'actions/validate-tag/artifacts.ts',
        before: 'if (vanished.length > 0) {',
        after: 'if (vanished.length > 600) {',
      },
    ],
    tries: ['release/images-masked'],
  },
];
