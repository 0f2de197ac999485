import type { Kit } from '#action-kit/kit';
import { createCloudWatch } from '#aws/cloudwatch';
import { createEcs } from '#aws/ecs';
import { createLoadBalancing } from '#aws/elbv2';
import type { AwsSession } from '#aws/session';
import { type Finding, FindingError } from '#core/finding';
import type { Measure } from '#core/watch/measure';
import { measuresOf, subjectWords } from '#core/watch/measures';
import type { Subjects } from '#core/watch/subjects';
import { observeAlarms } from '#verify/watch/alarms';
import { findServerless } from '#verify/watch/find-serverless';
import { findSubjects } from '#verify/watch/find-subjects';
import { observeLimits, silentMeasures } from '#verify/watch/limits';
import type { Observer } from '#verify/watch/observer';
import { observeServices } from '#verify/watch/services';
import { observeTargets } from '#verify/watch/targets';
import type { Work } from './work.ts';

/** Makes ready what will be watched. Everything that is named and does not exist is told now, not after an hour. */
export async function createObservers(
  { clock, log }: Kit,
  session: AwsSession,
  work: Work,
): Promise<readonly Observer[]> {
  const { limits, alarms, named } = work;
  const cloudWatch = createCloudWatch(session);
  const ecs = createEcs(session);
  const balancing = createLoadBalancing(session);
  const watched = alarms.length === 0 ? undefined : await observeAlarms(cloudWatch, alarms);
  const steady = named.services.length === 0 ? undefined : await observeServices(ecs, named.services);
  const subjects =
    limits.length === 0
      ? noSubjects
      : {
          ...(await findSubjects(ecs, balancing, named)),
          ...(await findServerless(session, named)),
        };
  const missing = [...(watched?.missing ?? []), ...(steady?.missing ?? []), ...withoutSubject(work, subjects)];
  if (missing.length > 0) throw new FindingError(missing);

  const measures = limits.flatMap(limit => measuresOf(limit, subjects));
  for (const measure of await silentMeasures(cloudWatch, measures, clock.now())) log.warning(noDataYet(measure));
  const live = limits
    .filter(limit => limit.metric === 'unhealthy-targets')
    .flatMap(limit =>
      subjects.balanced
        .filter(({ targetGroups }) => targetGroups.length > 0)
        .map(balanced => observeTargets(balancing, limit, balanced)),
    );
  return [
    ...(steady === undefined ? [] : [steady.observer]),
    ...live,
    ...(watched === undefined ? [] : [watched.observer]),
    ...(measures.length === 0 ? [] : [observeLimits(cloudWatch, measures)]),
  ];
}

const noSubjects: Subjects = { services: [], balanced: [], databases: [], apis: [], functions: [] };

function withoutSubject({ limits }: Work, subjects: Subjects): readonly Finding[] {
  return limits.flatMap((limit): readonly Finding[] => {
    if (measuresOf(limit, subjects).length > 0) return [];
    const { what, inputs } = subjectWords(limit.metric);
    const message = `\`${limit.text}\`: nothing says which one: it is about ${what}, and none is known.`;
    return [{ reason: 'input-invalid', message, evidence: { limit: limit.text }, next: `Give ${inputs}.` }];
  });
}

function noDataYet({ limit, subject }: Measure): Finding {
  const message = `\`${limit.text}\`: CloudWatch has had no data of ${subject} for a quarter of an hour; without any, the watch is no pass.`;
  return { reason: 'no-data', message, evidence: { limit: limit.text, subject }, next: `Check the name ${subject}.` };
}
