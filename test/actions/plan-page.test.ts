import { describe, expect, test } from '@jest/globals';
import type { ComponentEnding } from '../../actions/deploy/component.ts';
import { planPage } from '../../actions/deploy/plan-page.ts';

const looked: ComponentEnding = {
  ...{ component: 'network', outcome: 'no-op', reason: 'dry-run', message: 'Nothing was changed.', evidence: {} },
  ...{ explanation: [], before: null, after: null, began: 0, took: 0 },
  changes: [{ what: 'network: aws_vpc.main', before: 'nothing', after: 'created' }],
};

describe('the page that people read before they are asked', () => {
  test('has every row of every plan', () => {
    const text = planPage([looked, { ...looked, component: 'api' }]);
    expect(text).toMatch(/### network.*\| network: aws_vpc.main \| nothing \| created \|.*### api/s);
  });

  test('says of a plan that is too long how much is left', () => {
    const changes = Array.from({ length: 203 }, (_, index) => ({ what: `row ${index}`, before: 'a', after: 'b' }));
    const text = planPage([{ ...looked, changes }]);
    expect(text).toContain('| row 199 | a | b |');
    expect(text).not.toContain('row 200');
    expect(text).toContain('… and 3 more; the log of this job has all of them.');
  });

  test('says that nothing would be changed', () => {
    expect(planPage([{ ...looked, reason: 'nothing-to-change', changes: [] }])).toContain('Nothing would be changed.');
  });

  test('promises nothing where there is no plan, and says why', () => {
    const failed = { outcome: 'refused', reason: 'command-failed', explanation: ['Error: no region'] } as const;
    const text = planPage([{ ...looked, ...failed, message: 'network: terraform plan failed.', changes: [] }]);
    expect(text).toContain('⛔ refused · network: terraform plan failed.\n\n```text\nError: no region\n```');
    expect(text).not.toContain('Exactly this is applied');
  });
});
