import type * as model from '@aws-sdk/client-codepipeline';
import { type Engine, newId } from './engine.ts';
import type { ActionBehaviour, ActionRun, Execution, Failure, StageRun } from './state.ts';

type Declaration = ActionRun['declaration'];

/** What an action does of which nobody has said anything. */
const ordinary: ActionBehaviour = { takes: 20_000, log: [] };

/** How long an approval waits where its action says nothing: https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const approvalTimeout = 7 * 24 * 3_600_000;

/** Starts an action, and lets it come to the end that its behaviour says. `ended` is called then. */
export function startAction(engine: Engine, stageRun: StageRun, declaration: Declaration, ended: () => void): void {
  const { clock } = engine;
  const { execution, stage } = stageRun;
  const { pipeline } = execution;
  const behaviour = pipeline.behaviours.get(`${stage}/${declaration.name}`) ?? ordinary;
  const run: ActionRun = {
    id: newId(engine, 'action'),
    stage,
    declaration,
    startedAt: clock.now(),
    updatedAt: clock.now(),
    updatedBy: undefined,
    status: 'InProgress',
    summary: undefined,
    error: undefined,
    externalId: undefined,
    externalUrl: undefined,
    logStreamArn: undefined,
    token: undefined,
    cancel: () => {},
  };
  stageRun.actions.push(run);
  const category = declaration.actionTypeId?.category;
  if (category === 'Approval') {
    openApproval(engine, run, ended);
    return;
  }
  const failure = category === 'Source' ? undefined : failureOf(engine, execution, behaviour);
  begin(engine, execution, run, behaviour, failure);
  run.cancel = clock.at(clock.now() + behaviour.takes, () => {
    if (run.status !== 'InProgress') return;
    if (category === 'Source' && !takeRevision(engine, execution, run)) run.error = noRevision;
    if (failure !== undefined) run.error = failureText(declaration, failure);
    endAction(engine, run, run.error === undefined ? 'Succeeded' : 'Failed');
    ended();
  });
}

export function endAction(engine: Engine, run: ActionRun, status: model.ActionExecutionStatus): void {
  run.status = status;
  run.updatedAt = engine.clock.now();
  run.token = undefined;
}

const noRevision = {
  code: 'ConfigurationError',
  message: 'The branch or the commit could not be found in the repository.',
};

/** CodeBuild says no more than that: why is in its phases and its log. */
function failureText({ actionTypeId }: Declaration, { code, message }: Failure): model.ErrorDetails {
  return actionTypeId?.provider === 'CodeBuild'
    ? { code, message: 'Build terminated with state: FAILED' }
    : { code, message };
}

/** Whether this very commit makes it fail. */
function failureOf({ ports }: Engine, execution: Execution, { fails }: ActionBehaviour): Failure | undefined {
  const { when } = fails ?? {};
  if (fails === undefined || when === undefined) return fails;
  const source = sourceOf(execution);
  const sha = execution.revisions[0]?.sha ?? '';
  return ports.sources.readFile(source?.repository ?? '', sha, when.file)?.includes(when.holds) === true
    ? fails
    : undefined;
}

function sourceOf({ pipeline }: Execution): { readonly repository: string; readonly branch: string } | undefined {
  const [action] = pipeline.declaration.stages?.[0]?.actions ?? [];
  return action === undefined ? undefined : repositoryOf(action);
}

export function repositoryOf({ configuration = {} }: model.ActionDeclaration) {
  return { repository: configuration.FullRepositoryId ?? '', branch: configuration.BranchName ?? '' };
}

/** The commit of the override, else of the branch as it is now. False where there is none. */
function takeRevision({ clock, ports }: Engine, execution: Execution, run: ActionRun): boolean {
  const { repository, branch } = repositoryOf(run.declaration);
  const sha = execution.overrides.get(run.declaration.name) ?? ports.sources.head(repository, branch);
  if (sha === undefined || !ports.sources.has(repository, sha)) return false;
  run.externalId = sha;
  run.externalUrl = `https://github.com/${repository}/commit/${sha}`;
  execution.revisions.push({
    action: run.declaration.name,
    artifact: run.declaration.outputArtifacts?.[0]?.name ?? 'SourceArtifact',
    sha,
    summary: ports.sources.summary(repository, sha),
    url: run.externalUrl,
    at: clock.now(),
  });
  return true;
}

function openApproval(engine: Engine, run: ActionRun, ended: () => void): void {
  const { clock } = engine;
  const minutes = run.declaration.timeoutInMinutes;
  run.token = newId(engine, 'approval');
  run.cancel = clock.at(clock.now() + (minutes === undefined ? approvalTimeout : minutes * 60_000), () => {
    if (run.status !== 'InProgress') return;
    run.error = { code: 'TimeoutError', message: 'The approval request has timed out.' };
    endAction(engine, run, 'Failed');
    ended();
  });
}

/** Begins the work that is shown elsewhere: a build, a stack, a log. */
function begin(
  engine: Engine,
  { pipeline }: Execution,
  run: ActionRun,
  behaviour: ActionBehaviour,
  failure: Failure | undefined,
): void {
  const { account, region } = pipeline;
  const { actionTypeId, configuration = {} } = run.declaration;
  const console = `https://console.aws.amazon.com`;
  switch (actionTypeId?.provider) {
    case 'CodeBuild': {
      const project = configuration.ProjectName ?? '';
      const id = engine.ports.builds.start(pipeline, project, behaviour, failure !== undefined);
      run.externalId = id;
      run.externalUrl = `${console}/codebuild/home?region=${region}#/builds/${id}/view/new`;
      return;
    }
    case 'Commands': {
      // https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
      const group = `/aws/codepipeline/${pipeline.declaration.name}`;
      engine.ports.logs.createGroup(account, region, group);
      run.logStreamArn = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${run.id}`;
      const end = engine.clock.now() + behaviour.takes;
      const lines = [...behaviour.log, ...(failure?.log ?? [])];
      engine.clock.at(end - 1, () => {
        for (const line of lines) engine.ports.logs.append(account, region, group, run.id, end - 1, line);
      });
      return;
    }
    case 'CloudFormation':
      run.externalId = `arn:aws:cloudformation:${region}:${account}:stack/${configuration.StackName}/${run.id}`;
      run.externalUrl = `${console}/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${run.externalId}`;
      return;
    default:
  }
}
