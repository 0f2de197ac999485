import { applicationsOf } from './applications.ts';
import { happenToStack } from './aws/cloudformation/happen.ts';
import { happenToPipelines, type PipelineWord } from './aws/codepipeline/happen.ts';
import { happenToTables, type TableWord } from './aws/dynamodb/play.ts';
import { happenToInstances, type InstanceWord } from './aws/ec2/play.ts';
import { happenToFunctions } from './aws/lambda/happen.ts';
import type { lambdaHappening } from './aws/lambda/schema.ts';
import { type DatabaseWord, happenToDatabases } from './aws/rds/play.ts';
import { happenToSites } from './aws/site/site.ts';
import { happenToTopics, type TopicWord } from './aws/sns/play.ts';
import { awsRule, githubRule } from './faults.ts';
import { doWithGit } from './git.ts';
import { expireImage, pushImage } from './images.ts';
import { happenToIssues, type IssueWord } from './issues.ts';
import { writeOutside } from './outside.ts';
import { happenToPullRequests, type PullRequestWord } from './pull-requests.ts';
import type { CommitHappening } from './schema/commit.ts';
import type { Step } from './schema.ts';
import { newestRun, type Stage } from './stage.ts';

type Happening = Pick<
  Step,
  | PipelineWord
  | InstanceWord
  | CommitHappening
  | TableWord
  | DatabaseWord
  | TopicWord
  | 'set-alarm'
  | 'set-metric'
  | 'update-service'
  | 'kill-task'
  | 'expire-image'
  | 'push-image'
  | 'stop-deployment'
  | 'put-object'
  | 'delete-object'
  | 'set-versioning'
  | 'invalidate'
  | 'browse'
  | 'continue-deployment'
  | 'fail-placement'
  | 'update-stack'
  | 'cancel-stack-update'
  | 'drift-stack'
  | 'stack-resource'
  | 'remove-stack'
  | 'aws-fault'
  | 'github-fault'
  | 'end-sessions'
  | 'cancel'
  | 'kill'
  | 'delete-branch'
  | 'push'
  | 'tag'
  | 'publish'
  | 'dispatch'
  | 'schedule'
  | 'set-reviewers'
  | IssueWord
  | PullRequestWord
  | 'outside'
  | keyof typeof lambdaHappening
>;

/** Lets things happen in the world, from outside of every run. `where` is the place in the file. */
export function happen(stage: Stage, happening: Happening, where: string): void {
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
  if (happening['expire-image'] !== undefined) expireImage(lab.aws, region, happening['expire-image']);
  const placement = happening['fail-placement'];
  if (placement !== undefined) {
    const { account, cluster, reason, detail } = placement;
    lab.aws.ecs.failPlacements({ account, region }, cluster, [{ reason, ...(detail === undefined ? {} : { detail }) }]);
  }
  if (happening.outside !== undefined) writeOutside(lab.outside, happening.outside);
  happenToDeployment(stage, happening);
  happenToStack(stage, happening);
  happenToSites(stage, happening);
  happenToPipelines(stage, happening);
  happenToInstances(stage, happening);
  happenToFunctions(stage, happening);
  happenToTables(stage, happening);
  happenToDatabases(stage, happening);
  happenToTopics(stage, happening);
  happenToRepository(stage, happening);
  happenToIssues(stage, happening);
  happenToPullRequests(stage, happening);
  doWithGit(stage, happening);
  goWrong(stage, happening, where);
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
  const { 'report-check': check, 'report-status': status } = happening;
  if (check !== undefined) repository.addCheck({ ...check, at: check.at ?? 'main', status: 'in_progress' });
  if (status !== undefined) {
    const { by, at = 'main', context, state } = status;
    repository.addStatus(by, { at, context, state });
  }
  const deleted = happening['delete-branch'];
  if (deleted !== undefined) repository.deleteRef(`refs/heads/${deleted.branch}`, deleted.by);
  const asked = happening['set-reviewers'];
  if (asked !== undefined) {
    const { environment: name, reviewers } = asked;
    repository.setEnvironment({ ...repository.environment(name), name, reviewers });
  }
}

/** Keeps an eye on the fault: one that has struck nothing by the end has shown nothing. */
function goWrong({ lab, faults }: Stage, happening: Happening, where: string): void {
  const { 'aws-fault': aws, 'github-fault': github } = happening;
  const now = lab.clock.now();
  if (aws !== undefined) {
    const watch = lab.aws.faults.add(awsRule(aws, now));
    faults.push({ where, call: aws.call, watch, optional: aws.optional === true });
  }
  if (github !== undefined) {
    const watch = lab.github.world.addFault(githubRule(github, now));
    faults.push({ where, call: github.call, watch, optional: github.optional === true });
  }
}
