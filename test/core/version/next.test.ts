import { describe, expect, test } from '@jest/globals';
import { nextVersion } from '#core/version/next';

const changes = (...messages: readonly string[]) => messages.map(message => ({ message, labels: [] }));

describe('the next version follows from the changes that ask for most', () => {
  test.each<[string, readonly string[], string, string | undefined]>([
    ['1.2.3', [], '1.2.4', undefined],
    ['1.2.3', ['fix: invoices'], '1.2.4', undefined],
    ['1.2.3', ['Merge pull request #5', 'docs: more', 'whatever'], '1.2.4', undefined],
    ['1.2.3', ['fix: a', 'feat: teams', 'feat: projects'], '1.3.0', 'feat: teams'],
    ['1.2.3', ['feat(api): teams'], '1.3.0', 'feat(api): teams'],
    ['1.2.3', ['FEAT: teams'], '1.3.0', 'FEAT: teams'],
    ['1.2.3', ['feat: teams', 'fix!: invoices'], '2.0.0', 'fix!: invoices'],
    ['1.2.3', ['chore(api)!: drop it'], '2.0.0', 'chore(api)!: drop it'],
    ['1.2.3', ['fix: a\n\nBREAKING CHANGE: no v1 any more'], '2.0.0', 'fix: a'],
    ['1.2.3', ['fix: a\r\n\r\nBREAKING-CHANGE: no v1 any more'], '2.0.0', 'fix: a'],
    ['1.2.3', ['fix: a\n\nbreaking change: not in capitals'], '1.2.4', undefined],
    ['1.2.3', ['fix: a\n\nThis is no BREAKING CHANGE: really'], '1.2.4', undefined],
    ['1.2.3', ['feature: teams', 'feat:teams', 'feat teams', 'Revert "feat: teams"'], '1.2.4', undefined],
    ['0.4.1', ['fix!: invoices'], '0.5.0', 'fix!: invoices'],
    ['0.4.1', ['fix: invoices'], '0.4.2', undefined],
    ['1.9.9', ['feat: teams'], '1.10.0', 'feat: teams'],
  ])('%s, %j → %s', (last, messages, version, because) => {
    const next = nextVersion(last, changes(...messages));
    expect([next.version, next.because]).toEqual([version, because]);
  });

  test('the first one', () => {
    expect(nextVersion(undefined, changes('feat!: all of it'))).toEqual({
      version: '0.1.0',
      bump: 'minor',
      because: 'feat!: all of it',
    });
  });

  test('labels of pull requests count as much as words', () => {
    const labelled = (...labels: readonly string[]) =>
      nextVersion('1.2.3', [{ message: 'Teams (#7)', labels }]).version;
    expect(labelled('Enhancement')).toBe('1.3.0');
    expect(labelled('bug', 'breaking')).toBe('2.0.0');
    expect(labelled('bug')).toBe('1.2.4');
    const own = { major: ['api-change'], minor: [] };
    expect(nextVersion('1.2.3', [{ message: 'feat: a', labels: ['api-change'] }], own).version).toBe('2.0.0');
  });
});
