import type { Mutant } from './mutant.ts';

const publish = 'packages/targets/lambda/publish.ts';
const client = 'packages/aws/lambda.ts';

/** Faults in how a function is published, routed and brought back. */
export const lambdaMutants: readonly Mutant[] = [
  {
    name: 'weights are not cleared when the alias moves',
    edits: [
      {
        file: client,
        before: 'const RoutingConfig = { AdditionalVersionWeights: { ...weights } };',
        after:
          'const RoutingConfig = Object.keys(weights).length > 0 ? { AdditionalVersionWeights: { ...weights } } : undefined;',
      },
    ],
    tries: ['lambda/canary'],
  },
  {
    name: 'variables that were not given are wiped',
    edits: [
      {
        file: 'packages/targets/lambda/configuration.ts',
        before: 'const Variables = { ...Object.fromEntries(kept), ...wanted.variables };',
        after: 'const Variables = kept.length < 0 ? {} : { ...wanted.variables };',
      },
    ],
    tries: ['lambda/configuration'],
  },
  {
    name: 'code that is there is sent again',
    edits: [
      {
        file: 'packages/targets/lambda/plan.ts',
        before: 'if (settled && provisioned === undefined) return undefined;',
        after: 'if (settled && provisioned === undefined && alias === undefined) return undefined;',
      },
    ],
    tries: ['lambda/deployed'],
  },
  {
    name: 'an alias that somebody else moved is moved all the same',
    edits: [
      {
        file: 'packages/targets/lambda/route.ts',
        before: 'if (!isAsLeft(now, held)) return taken(work, now);',
        after: 'if (!isAsLeft(now, held) && now === undefined) return taken(work, now);',
      },
    ],
    tries: ['lambda/superseded'],
  },
  {
    name: 'whatever is in $LATEST is published',
    edits: [
      {
        file: publish,
        before:
          'if (!plan.isWantedCode(latest) || !hasConfiguration(latest, work)) return changedByAnother(work, latest);',
        after: 'if (!plan.isWantedCode(latest) && attempt >= tries) return changedByAnother(work, latest);',
      },
    ],
    tries: ['lambda/superseded', 'lambda/two-at-once'],
  },
  {
    name: 'an alarm without data is a pass',
    edits: [
      {
        file: 'packages/targets/lambda/judge.ts',
        before: 'if (blind.length > 0 && atTheEnd) {',
        after: 'if (blind.length > 99 && atTheEnd) {',
      },
    ],
    tries: ['lambda/canary-goes-red'],
  },
  {
    name: 'a canary that a killed run left is begun again with a new version',
    edits: [
      {
        file: 'packages/targets/lambda/plan.ts',
        before: 'const version = fits(live) ? alias?.routing.version : adopted;',
        after: 'const version = fits(live) ? alias?.routing.version : undefined;',
      },
    ],
    tries: ['lambda/killed-and-started-again'],
  },
  {
    name: 'provisioned concurrency is not waited for',
    edits: [
      {
        file: 'packages/targets/lambda/provision.ts',
        before: 'if (requestedOf(work.alias) === null) return undefined;',
        after: 'if (requestedOf(work.alias) !== 0) return undefined;',
      },
    ],
    tries: ['lambda/provisioned'],
  },
];
