import { describe, expect, test } from '@jest/globals';
import { findingOfProblem, makePlan, type PlanFacts } from '#core/plan/make-plan';
import { NOON, release } from '../fixture.ts';
import { flowOf, UNIFOCUS } from '../flow/fixture.ts';

const flow = flowOf(UNIFOCUS);

function made(change: Partial<PlanFacts> = {}) {
  return makePlan({
    flow,
    file: '.github/release-flow.yml',
    environment: 'prod',
    release: release('1.4.0'),
    artifacts: {},
    originators: ['ann', '', 'ann', 'ben'],
    now: NOON,
    vars: {},
    operation: 'release',
    only: [],
    ...change,
  });
}

function planned(change: Partial<PlanFacts> = {}) {
  const result = made(change);
  if (!result.ok) throw new Error(result.findings.map(finding => finding.message).join('\n'));
  return result.plan;
}

describe('the plan of a release of Unifocus to prod', () => {
  test('every template is filled in: nothing is left to look up but the accounts', () => {
    const [component] = planned().waves.flat();
    expect(component).toMatchObject({ name: 'api', target: 'ecs', cluster: 'unifocus-prod-cluster' });
    expect(JSON.stringify(planned().waves)).not.toContain('{env}');
  });

  test('the environment carries gates, role and region of the flow file', () => {
    const { environment } = planned();
    expect(environment).toMatchObject({
      name: 'prod',
      after: 'stage',
      region: 'ap-southeast-2',
      role: 'arn:aws:iam::333333333333:role/release',
      onFailure: 'rollback',
    });
    expect(environment.approve).toMatchObject({ roles: ['lead', 'ops'], count: 1, within: 3_600_000 });
  });

  test('who set it off is named once, and nobody is an empty name', () => {
    expect(planned().originators).toEqual(['ann', 'ben']);
    expect(planned().made).toBe('2026-11-02T12:00:00.000Z');
  });

  test('roles are resolved to people, once each', () => {
    const roles = { lead: ['cid', 'dan'], ops: ['dan'] };
    expect(planned({ flow: { ...flow, roles } }).environment.approve?.by).toEqual(['cid', 'dan']);
  });

  test('a rollback says why and from what', () => {
    const from = release('1.5.0');
    expect(planned({ operation: 'rollback', why: 'checkout is broken', from })).toMatchObject({
      operation: 'rollback',
      why: 'checkout is broken',
      from,
    });
  });

  test('only some components', () => {
    expect(
      planned({ only: ['web'] })
        .waves.flat()
        .map(component => component.name),
    ).toEqual(['web']);
  });

  test('what is not there is named with what is, all at once', () => {
    const result = made({ environment: 'production', only: ['api', 'jobs', 'mails'] });
    expect(result.ok ? [] : result.findings.map(finding => finding.message)).toEqual([
      'The flow file has no environment production; it has dev, stage, prod.',
      'The flow file has no component jobs, mails; it has api, web.',
    ]);
  });

  test.each(['constructor', '__proto__', 'toString'])('%s is no environment and no component', name => {
    expect(made({ environment: name }).ok).toBe(false);
    expect(made({ only: [name] }).ok).toBe(false);
  });
});

test('a problem of a file keeps its words and its place', () => {
  const problem = { file: 'flow.yml', line: 3, column: 5, path: 'a.b', message: 'is wrong', hint: 'write c' };
  expect(findingOfProblem(problem)).toMatchObject({
    reason: 'input-invalid',
    message: 'a.b: is wrong',
    next: 'write c',
    where: { kind: 'file', file: 'flow.yml', line: 3, column: 5 },
  });
});

describe('what gates ask about the earlier environment', () => {
  const text = `
version: 1
service: shop
region: ap-southeast-2
components:
  web: { target: cloudformation, stack: 'web-{env}', template: web.yml }
  docs: { target: cloudformation, stack: 'docs-{env}', template: docs.yml }
  jobs: { target: command, tool: sam, stack: 'jobs-{env}', template: jobs.yml, bucket: builds }
environments:
  stage:
    from: stage
    region: eu-west-1
    read-role: arn:aws:iam::222222222222:role/read
    components: { docs: { stack: documents } }
    watch: { for: 10m, alarms: stage-* }
  prod:
    from: main
    after: stage
    stack-complete: true
    soak: 24h
`;
  const environmentOf = (change: Partial<PlanFacts> = {}) =>
    planned({ flow: flowOf(text), environment: 'prod', ...change }).environment;

  test('stacks of the components are those that they have there', () => {
    expect(environmentOf().gates['stack-complete']?.stacks).toEqual(['web-stage', 'documents', 'jobs-stage']);
  });

  test('of a component that is released alone, only its own', () => {
    expect(environmentOf({ only: ['docs'] }).gates['stack-complete']?.stacks).toEqual(['documents']);
  });

  test('a soak goes by the alarms that are watched there', () => {
    expect(environmentOf().gates.soak?.alarms).toEqual([{ prefix: 'stage-' }]);
  });

  test('where to look, and as whom', () => {
    const earlier = { region: 'eu-west-1', readRole: 'arn:aws:iam::222222222222:role/read' };
    expect(environmentOf().earlier).toEqual(earlier);
    expect(planned().environment.earlier).toBeUndefined();
  });

  test('a mistake of the earlier environment stands in nobody’s way back', () => {
    const mistaken = text.replace('web-{env}', 'web-{vars.name}').replace('soak: 24h', 'vars: { name: prod }');
    const known = flowOf(mistaken);
    expect(made({ flow: known, environment: 'prod' }).ok).toBe(false);
    expect(made({ flow: known, environment: 'prod', operation: 'rollback' }).ok).toBe(true);
  });
});

describe('what is published of a release', () => {
  const text = `
version: 1
service: shop
region: ap-southeast-2
components:
  api: { target: cloudformation, stack: api, template: api.yml }
  web: { target: cloudformation, stack: web, template: web.yml }
environments:
  prod:
    from: [main, vX.Y.Z, api-vX.Y.Z]
    publish: { tag: vX.Y.Z }
  later:
    from: next
    publish: { tag: api-vX.Y.Z }
  silent: { from: web-vX.Y.Z }
`;
  const { tag: _, ...ofBranch } = release('0123456789ab');
  const whole = { prefix: '', pattern: 'vX.Y.Z', next: ['commits'] };
  const ofApi = { prefix: 'api-', pattern: 'api-vX.Y.Z', next: ['commits'] };

  test.each<[string, Partial<PlanFacts>, unknown]>([
    ['all of it', { release: ofBranch }, { tag: whole }],
    [
      'one component alone is no version of the whole',
      { release: ofBranch, only: ['api'] },
      { tag: whole, without: ['web'] },
    ],
    ['the tag of the whole asks for both', { only: ['web'] }, { tag: whole, without: ['api'] }],
    [
      'a component by its own tag is whole',
      { release: release('1.4.0', { tag: 'api-v1.4.0', component: 'api' }), only: ['api'] },
      { tag: whole },
    ],
    [
      'a component that gets its own tag is whole',
      { release: ofBranch, environment: 'later', only: ['api'] },
      { tag: ofApi },
    ],
    [
      'another component is no version of it',
      { release: ofBranch, environment: 'later', only: ['web'] },
      { tag: ofApi, without: ['api'] },
    ],
    ['nothing is asked for', { environment: 'silent' }, undefined],
    ['a rollback is nothing new', { release: ofBranch, operation: 'rollback' }, undefined],
  ])('%s', (_name, change, wanted) => {
    expect(planned({ flow: flowOf(text), ...change }).environment.publish).toEqual(wanted);
  });
});
