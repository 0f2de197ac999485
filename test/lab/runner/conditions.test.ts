import { describe, expect, test } from '@jest/globals';
import { jobStatusFunctions, type Result, stepStatusFunctions } from '#lab/runner/language/conditions';
import { evaluateExpression, isTruthy, resolveBoolean, textOf, type Value } from '#lab/runner/language/expressions';

const truth = (expression: string, functions: ReturnType<typeof jobStatusFunctions>) =>
  isTruthy(evaluateExpression(expression, { contexts: {}, functions }));

describe.each<[string, readonly Result[], boolean, readonly [boolean, boolean, boolean, boolean]]>([
  //                                        cancelled   success, failure, always, cancelled
  ['no ancestors', [], false, [true, false, true, false]],
  ['all succeeded', ['success', 'success'], false, [true, false, true, false]],
  ['one failed', ['success', 'failure'], false, [false, true, true, false]],
  ['one skipped', ['success', 'skipped'], false, [false, false, true, false]],
  ['one cancelled', ['cancelled'], false, [false, false, true, false]],
  ['the run is cancelled', ['success'], true, [false, false, true, true]],
])('a job with %s', (_, ancestors, cancelled, expected) => {
  const functions = jobStatusFunctions(new Map(ancestors.map((result, at) => [`job${at}`, result])), cancelled);
  test.each(['success()', 'failure()', 'always()', 'cancelled()'].map((call, at) => [call, expected[at]] as const))(
    '%s is %s',
    (call, value) => expect(truth(call, functions)).toBe(value),
  );
});

test('a status function with names looks at those jobs only', () => {
  const functions = jobStatusFunctions(
    new Map<string, Result>([
      ['a', 'success'],
      ['b', 'failure'],
    ]),
    false,
  );
  expect(truth("success('a')", functions)).toBe(true);
  expect(truth("failure('a')", functions)).toBe(false);
});

test.each([
  ['success', [true, false, false]],
  ['failure', [false, true, false]],
  ['cancelled', [false, false, true]],
] as const)('a step of a job that is at %s', (status, expected) => {
  expect(['success()', 'failure()', 'cancelled()'].map(call => truth(call, stepStatusFunctions(status)))).toEqual(
    expected,
  );
});

describe('expressions', () => {
  const evaluate = (expression: string) =>
    evaluateExpression(expression, {
      contexts: { github: { ref: 'refs/heads/main', event: { n: 1, list: [{ a: 1 }, { a: 2 }] } }, matrix: null },
    });

  test.each<[string, Value]>([
    ["github.REF == 'REFS/heads/main'", true],
    ["format('{0}-{1}', github.event.n, true)", '1-true'],
    ['github.event.list.*.a', [1, 2]],
    ['fromJSON(\'{"a": [1, null]}\').a', [1, null]],
    ['github.nothing', null],
    ['matrix.anything', null],
    ["github.event.n && 'yes' || 'no'", 'yes'],
    ["'it''s ''quoted'''", "it's 'quoted'"],
    ['contains(fromJSON(\'["a","b"]\'), \'B\')', true],
  ])('%s', (expression, value) => expect(evaluate(expression)).toEqual(value));

  test.each([
    ['an unknown context', 'secrets.A'],
    ['an unknown function', 'nothing()'],
    ['bad JSON', "fromJSON('{')"],
  ])('%s throws', (_, expression) => expect(() => evaluate(expression)).toThrow());

  test("text where a boolean is wanted is refused, also 'true'", () => {
    expect(() => resolveBoolean('true', { contexts: {} })).toThrow("Unexpected value 'true'");
  });
  test('a mapping where text is wanted is refused', () => {
    expect(() => textOf({ a: 1 })).toThrow('A mapping was not expected');
  });
});
