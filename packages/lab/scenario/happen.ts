import { parseDuration } from '#core/duration';
import { readFaultRules } from '../wire/faults.ts';
import { applicationsOf } from './applications.ts';
import { doWithGit } from './git.ts';
import { pushImage } from './prepare-aws.ts';
import type { Step } from './schema.ts';
import { newestRun, type Stage } from './stage.ts';

type Happening = Pick<
  Step,
  | 'set-alarm'
  | 'set-metric'
  | 'update-service'
  | 'kill-task'
  | 'push-image'
  | 'stop-deployment'
  | 'continue-deployment'
  | 'fail-placement'
  | 'aws-fault'
  | 'github-fault'
  | 'end-sessions'
  | 'cancel'
  | 'kill'
  | 'delete-branch'
  | 'push'
  | 'tag'
  | 'dispatch'
  | 'set-reviewers'
>;

/** Lets things happen in the world, from outside of every run. */
export function happen(stage: Stage, happening: Happening): void {
  const { lab, scenario, repository } = stage;
  const { region } = scenario.aws;
  const alarm = happening['set-alarm'];
  if (alarm !== undefined) lab.aws.cloudwatch.at(alarm.account, region).setAlarm(alarm.name, alarm.state);
  const metric = happening['set-metric'];
  if (metric !== undefined) {
    const { account, namespace, name, dimensions, value } = metric;
    lab.aws.cloudwatch.at(account, region).putSeries({ namespace, name, dimensions, at: () => value });
  }
  const update = happening['update-service'];
  if (update !== undefined) {
    const { account, cluster, service } = update;
    lab.aws.ecs.updateService(
      { account, region, cluster, service },
      {
        ...(update['desired-count'] === undefined ? {} : { desiredCount: update['desired-count'] }),
        ...(update['force-new-deployment'] === undefined ? {} : { forceNewDeployment: update['force-new-deployment'] }),
        ...(update['task-definition'] === undefined ? {} : { taskDefinition: update['task-definition'] }),
      },
    );
  }
  const kill = happening['kill-task'];
  if (kill !== undefined) {
    const { account, cluster, service, 'exit-code': exitCode } = kill;
    lab.aws.ecs.killTask({ account, region, cluster, service }, 1, exitCode ?? 137);
  }
  const image = happening['push-image'];
  if (image !== undefined) pushImage(lab.aws, region, image, applicationsOf(scenario));
  const placement = happening['fail-placement'];
  if (placement !== undefined) {
    const { account, cluster, reason, detail } = placement;
    lab.aws.ecs.failPlacements({ account, region }, cluster, [{ reason, ...(detail === undefined ? {} : { detail }) }]);
  }
  happenToDeployment(stage, happening);
  happenToRepository(stage, happening);
  doWithGit(stage, happening);
  if (happening['aws-fault'] !== undefined) {
    for (const rule of readFaultRules([untilThen(happening['aws-fault'], lab.clock.now())])) lab.aws.faults.add(rule);
  }
  if (happening['github-fault'] !== undefined) {
    lab.github.world.addFault(happening['github-fault'] as unknown as Parameters<typeof lab.github.world.addFault>[0]);
  }
  if (happening['end-sessions'] === true) lab.aws.sts.endSessions();
  if (happening.cancel !== undefined) {
    repository.cancelRun(happening.cancel.by, newestRun(stage, happening.cancel.workflow).id);
  }
  if (happening.kill !== undefined) lab.runner.kill(newestRun(stage).id, happening.kill.job);
}

/** What people and monitors do to a deployment that is under way. */
function happenToDeployment({ lab, scenario }: Stage, happening: Happening): void {
  const { region } = scenario.aws;
  const stop = happening['stop-deployment'];
  if (stop !== undefined) {
    const { account, cluster, service, as = 'person' } = stop;
    lab.aws.ecs.failDeployment({ account, region, cluster, service }, as);
  }
  const answer = happening['continue-deployment'];
  if (answer === undefined) return;
  const { account, cluster, service, action = 'CONTINUE' } = answer;
  const hooks = lab.aws.ecs.service({ account, region, cluster, service }).deployments.at(-1)?.hooks ?? [];
  const waiting = hooks.find(hook => hook.status === 'AWAITING_ACTION');
  if (waiting === undefined) throw new Error(`${service} has no deployment that waits for a person`);
  waiting.done(action, 'SUCCEEDED');
}

function happenToRepository({ repository }: Stage, happening: Happening): void {
  const deleted = happening['delete-branch'];
  if (deleted !== undefined) repository.deleteRef(`refs/heads/${deleted.branch}`, deleted.by);
  const asked = happening['set-reviewers'];
  if (asked !== undefined) {
    const { environment: name, reviewers } = asked;
    repository.setEnvironment({ ...repository.environment(name), name, reviewers });
  }
}

/** `for: 2m` of a scenario is `until` of a rule. */
function untilThen({ for: lasting, ...rule }: Readonly<Record<string, unknown>>, now: number): object {
  if (lasting === undefined) return rule;
  const duration = parseDuration(String(lasting));
  if (!duration.ok) throw new Error(`aws-fault: “${String(lasting)}” is not a duration such as 90s or 2m`);
  return { ...rule, until: now + duration.milliseconds };
}
