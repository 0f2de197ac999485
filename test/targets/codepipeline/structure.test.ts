import type { ActionCategory, StageDeclaration } from '@aws-sdk/client-codepipeline';
import { describe, expect, test } from '@jest/globals';
import type { PipelineDeclaration } from '#aws/codepipeline';
import { readStructure, wantedOf } from '#targets/codepipeline/structure';
import { commit } from './facts.ts';

function stage(
  name: string,
  category: ActionCategory,
  provider = 'Any',
  more: Partial<StageDeclaration> = {},
): StageDeclaration {
  const actionTypeId = { category, owner: 'AWS', provider, version: '1' } as const;
  return { name, actions: [{ name: `${name}Action`, actionTypeId }], ...more };
}
function pipeline(stages: StageDeclaration[], change: Partial<PipelineDeclaration> = {}): PipelineDeclaration {
  return { name: 'web', roleArn: 'arn:role', version: 3, pipelineType: 'V2', stages, ...change };
}
const source = stage('Source', 'Source');

describe('the stages that deploy', () => {
  test.each<[string, StageDeclaration[], readonly string[], readonly string[]]>([
    [
      'those with a deploy action',
      [source, stage('Build', 'Build'), stage('One', 'Deploy'), stage('Two', 'Deploy')],
      [],
      ['One', 'Two'],
    ],
    [
      'else the last one (Helios deploys with CodeBuild)',
      [source, stage('Build', 'Build'), stage('Deploy', 'Build')],
      [],
      ['Deploy'],
    ],
    [
      'those that are said, in the order of the pipeline',
      [source, stage('A', 'Build'), stage('B', 'Deploy')],
      ['B', 'A'],
      ['A', 'B'],
    ],
    ['never the source', [source], [], []],
  ])('%s', (_name, stages, said, deploying) => {
    expect(readStructure(pipeline(stages), said).deploying).toEqual(deploying);
  });

  test.each<[string, Partial<StageDeclaration>, boolean]>([
    ['by its result', { onFailure: { result: 'ROLLBACK' } }, true],
    ['by a condition', { onFailure: { conditions: [{ result: 'ROLLBACK' }] } }, true],
    ['not when it retries', { onFailure: { result: 'RETRY' } }, false],
  ])('that roll back by themselves: %s', (_name, more, does) => {
    expect(readStructure(pipeline([source, stage('Deploy', 'Deploy', 'Any', more)])).rollsBack.has('Deploy')).toBe(
      does,
    );
  });
});

describe('what is wanted of it', () => {
  const nothing = { sourceAction: undefined, revision: undefined, variables: {}, stages: [] };
  const wrong = (declaration: PipelineDeclaration, change: object = {}, artifacts = {}) => {
    const result = wantedOf({ ...nothing, ...change }, readStructure(declaration), commit, artifacts);
    return result.ok ? result.wanted.revision : result.findings.map(finding => finding.message);
  };
  const two = {
    ...source,
    actions: [...(source.actions ?? []), { ...source.actions?.[0], name: 'Other' }],
  } as StageDeclaration;

  test.each<[string, PipelineDeclaration, object, object, unknown]>([
    ['the commit of the release', pipeline([source]), {}, {}, commit],
    ['another one, where it is said', pipeline([source]), { revision: 'c0ffee' }, {}, 'c0ffee'],
    [
      'the digest of the build for an image',
      pipeline([stage('Source', 'Source', 'ECR')]),
      {},
      { image: 'sha256:1' },
      'sha256:1',
    ],
    ['which source?', pipeline([two]), {}, {}, ['The pipeline web has several source actions: SourceAction, Other.']],
    ['that one', pipeline([two]), { sourceAction: 'Other' }, {}, commit],
    [
      'an image that nobody built, an object that nobody named',
      pipeline([stage('Source', 'Source', 'S3')]),
      {},
      {},
      ['Nothing says which revision the pipeline web is to take.'],
    ],
    [
      'every mistake at once',
      pipeline([source], { variables: [{ name: 'Speed' }] }),
      { sourceAction: 'Nope', stages: ['Never'], variables: { Sped: '1' } },
      {},
      [
        'The pipeline web has no source action Nope; it has SourceAction.',
        'The pipeline web has no stage Never; it has Source.',
        'The pipeline web does not declare the variable Sped; it has Speed.',
      ],
    ],
    [
      'V1 takes no variables',
      pipeline([source], { pipelineType: 'V1' }),
      { variables: { Speed: '1' } },
      {},
      ['The pipeline web is of type V1, which takes no variables.'],
    ],
  ])('%s', (_name, declaration, change, artifacts, result) => {
    expect(wrong(declaration, change, artifacts)).toEqual(result);
  });

  test('a connection that does not detect changes starts nothing on a push, unless there are triggers', () => {
    const silent = {
      ...source,
      actions: [{ ...source.actions?.[0], configuration: { DetectChanges: 'false' } }],
    } as StageDeclaration;
    const detects = (declaration: PipelineDeclaration) => readStructure(declaration).sources[0]?.detectsChanges;
    expect(detects(pipeline([source]))).toBe(true);
    expect(detects(pipeline([silent]))).toBe(false);
    const triggers: PipelineDeclaration['triggers'] = [
      { providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'SourceAction' } },
    ];
    expect(detects(pipeline([silent], { triggers }))).toBe(true);
  });
});
