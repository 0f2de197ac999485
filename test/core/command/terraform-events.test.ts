import { describe, expect, test } from '@jest/globals';
import { diagnosticLines, isStale, lockedFinding, readEvent, readLock } from '#core/command/terraform-events';

/** As OpenTofu 1.6.3 wrote it. */
const lockDetail = `Error message: resource temporarily unavailable
Lock Info:
  ID:        c4bda49a-2900-dea3-6765-e2d3edbb4b23
  Path:      /states/network.tfstate
  Operation: OperationTypeApply
  Who:       root@vm
  Version:   1.6.3
  Created:   2026-11-21 11:37:27.134942693 +0000 UTC
  Info:      


OpenTofu acquires a state lock to protect the state from being written`;

describe('events of plan and apply', () => {
  test('a diagnostic with its place', () => {
    const line = JSON.stringify({
      '@level': 'error',
      '@message': 'Error: local-exec provisioner error',
      type: 'diagnostic',
      diagnostic: {
        ...{ severity: 'error', summary: 'local-exec provisioner error', detail: 'exit status 3\n\nOutput: ' },
        ...{ address: 'terraform_data.s', range: { filename: 'main.tf', start: { line: 18, column: 30 } } },
      },
    });
    const diagnostic = readEvent(line)?.diagnostic;
    expect(diagnostic === undefined ? [] : diagnosticLines(diagnostic)).toEqual([
      'Error: local-exec provisioner error (terraform_data.s, main.tf:18)',
      'exit status 3',
      'Output: ',
    ]);
  });

  test('outputs that are sensitive, or not said not to be, are left out', () => {
    const outputs = {
      ...{ url: { sensitive: false, value: 'https://a' }, list: { sensitive: false, value: [1] } },
      ...{
        word: { sensitive: true, value: 'secret' },
        unsaid: { value: 'secret' },
        planned: { sensitive: false, action: 'create' },
      },
    };
    expect(readEvent(JSON.stringify({ type: 'outputs', outputs }))?.outputs).toEqual({ url: 'https://a', list: '[1]' });
  });

  test.each(['', 'plain text', '[1]', '{"no":"type"}'])('%j is no event', line => {
    expect(readEvent(line)).toBeUndefined();
  });

  test.each([
    ['Saved plan is stale', true],
    ['Saved plan does not match the given state', false],
  ])('“%s”: stale %s', (summary, stale) => {
    expect(isStale({ severity: 'error', summary, detail: '' })).toBe(stale);
  });
});

describe('a lock that somebody holds', () => {
  test('is read with holder, id and time', () => {
    expect(readLock(`Error acquiring the state lock\n${lockDetail}`)).toEqual({
      ...{ id: 'c4bda49a-2900-dea3-6765-e2d3edbb4b23', who: 'root@vm', operation: 'OperationTypeApply' },
      created: Date.parse('2026-11-21T11:37:27Z'),
    });
  });

  test('in the frame that terminals get', () => {
    const framed = `│ Error: Error acquiring the state lock\n${lockDetail.replaceAll(/^/gm, '│ ')}`;
    expect(readLock(framed)).toMatchObject({ who: 'root@vm', created: Date.parse('2026-11-21T11:37:27Z') });
  });

  test('is explained with its age, and left to a person', () => {
    const lock = readLock(`state lock\n${lockDetail}`);
    if (lock === undefined) throw new Error('no lock');
    const finding = lockedFinding(
      { module: 'network', folder: 'terraform', program: 'tofu' },
      lock,
      Date.parse('2026-11-21T11:41:27Z'),
    );
    expect(finding.message).toBe(
      'The state of network has been locked by root@vm for 4 min (apply); lock c4bda49a-2900-dea3-6765-e2d3edbb4b23.',
    );
    expect(finding.next).toContain('`tofu -chdir=terraform/network force-unlock c4bda49a');
  });

  test('whose holder the backend does not tell', () => {
    const lock = readLock('Error acquiring the state lock\nConditionalCheckFailedException');
    expect(
      lock === undefined ? '' : lockedFinding({ module: '.', folder: '.', program: 'terraform' }, lock, 0).message,
    ).toBe('The state of . has been locked by somebody; lock without an id.');
  });

  test('another error is no lock', () => {
    expect(readLock('No value for required variable')).toBeUndefined();
  });
});
