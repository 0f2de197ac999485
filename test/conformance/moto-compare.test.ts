import { describe, expect, test } from '@jest/globals';
import { differencesOf } from '../../scripts/conformance/moto/compare/differ.ts';
import { type Found, linesOf, outdated, unlisted } from '../../scripts/conformance/moto/compare/listing.ts';
import { errorOf, type Observation, resultOf } from '../../scripts/conformance/moto/compare/observe.ts';

const result = (output: unknown, names: Readonly<Record<string, string>> = {}) =>
  resultOf(output, new Map(Object.entries(names)));
const failure = (error: string, status: number): Observation => ({ kind: 'error', error, status });

describe('what came of a call', () => {
  test('has no times, tokens and made-up ids', () => {
    const output = {
      $metadata: { requestId: 'x' },
      Arn: 'arn:aws:sns:ap-southeast-2:1:topic:0123456789ab',
      Ids: ['0123456789ab', '7f1c3a52-0000-4000-8000-00000000000a'],
      At: new Date(),
      Text: 'since 2026-11-17T00:00:00.000+0000',
      NextToken: 'WzIs',
      Nothing: undefined,
      None: [],
    };
    expect(
      result(output, { 'arn:aws:sns:ap-southeast-2:1:topic:0123456789ab': 'topic', '0123456789ab': 'id' }),
    ).toEqual({
      kind: 'result',
      result: { Arn: '(topic)', Ids: ['(id)', '(uuid)'], At: '(time)', Text: 'since (time)', NextToken: '(token)' },
    });
  });

  test('is an error only where the service has answered one', () => {
    const refused = Object.assign(new Error('no'), { name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    expect(errorOf(refused)).toEqual(failure('NotFound', 404));
    expect(() => errorOf(new Error('ECONNREFUSED'))).toThrow('ECONNREFUSED');
  });
});

describe('a difference', () => {
  test.each<[string, Observation, Observation, readonly string[]]>([
    ['none', result({ A: 1 }), result({ A: 1 }), []],
    ['a value', result({ A: { B: [1, 2] } }), result({ A: { B: [1, 3] } }), ['A.B[1]']],
    ['another kind of value', result({ A: 1 }), result({ A: '1' }), ['A']],
    ['what moto lacks', result({ A: 1, B: { C: 2 } }), result({ A: 1 }), ['B.C']],
    ['what only moto has is none', result({ A: 1 }), result({ A: 1, B: 2 }), []],
    ['a longer list', result({ A: [1] }), result({ A: [1, 2] }), ['A.length']],
    ['a list that is missing', result({ A: [1] }), result({}), ['A.length']],
    ['an error here', failure('X', 400), result({}), ['outcome']],
    ['an error there', result({}), failure('X', 400), ['outcome']],
    ['another error', failure('X', 400), failure('Y', 404), ['error', 'status']],
    ['the same error', failure('X', 400), failure('X', 400), []],
  ])('%s', (_name, lab, moto, paths) => {
    expect(differencesOf(lab, moto).map(({ path }) => path)).toEqual(paths);
  });
});

describe('the list', () => {
  const found: Found = { service: 's3', step: 'an object', path: 'A.B', lab: '1', moto: '2' };
  const says = (...ons: Readonly<Record<string, string | readonly string[]>>[]) =>
    linesOf({ s3: ons.map(on => ({ on })) });

  test.each([[{ 'an object': 'A.B' }], [{ '*': '*.B' }], [{ 'an *': 'A*' }]])('%j covers it, and is needed', on => {
    expect([...unlisted([found], says(on)), ...outdated([found], says(on))]).toEqual([]);
  });

  test.each([[{ 'an object': 'A' }], [{ object: 'A.B' }], [{ 'an object': 'AxB' }]])('%j does not', on => {
    expect(unlisted([found], says(on))).toEqual(['s3, an object: A.B is 1 here, 2 in moto']);
    expect(outdated([found], says(on))).toHaveLength(1);
  });

  test('one of two paths that is no longer so is told', () => {
    const lines = says({ 'an object': ['A.B', 'C'] });
    expect(outdated([found], lines)).toEqual(['s3, an object: C is listed as different, and is the same']);
  });
});
