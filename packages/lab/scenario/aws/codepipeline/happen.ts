import type { Step } from '../../schema.ts';
import { type Stage, tell } from '../../stage.ts';
import { behaviourOf } from './prepare.ts';
import type { pipelineHappenings } from './schema.ts';

export type PipelineWord = keyof typeof pipelineHappenings;

/** What people do to pipelines, in the console. */
export function happenToPipelines(stage: Stage, happening: Pick<Step, PipelineWord>): void {
  const { pipelines } = stage.lab.aws;
  const at = ({ account }: { readonly account: string }) => ({ account, region: stage.scenario.aws.region });
  const start = happening['start-pipeline'];
  if (start !== undefined) {
    tell(stage, `${start.by} starts ${start.pipeline}`);
    pipelines.start(at(start), start.pipeline, `arn:aws:iam::${start.account}:user/${start.by}`);
  }
  const stop = happening['stop-pipeline'];
  if (stop !== undefined) {
    tell(stage, `somebody stops ${stop.pipeline}: ${stop.reason}`);
    pipelines.stop(at(stop), stop.pipeline, stop.abandon === true, stop.reason);
  }
  const transition = happening['set-transition'];
  if (transition !== undefined) {
    const { pipeline, stage: name, by, enabled, reason = '' } = transition;
    tell(stage, `${by} ${enabled ? 'opens' : 'closes'} the transition to ${name} of ${pipeline}`);
    pipelines.setTransition(at(transition), pipeline, name, {
      enabled,
      by: `arn:aws:iam::${transition.account}:user/${by}`,
      reason,
    });
  }
  const action = happening['set-action'];
  if (action !== undefined) pipelines.setAction(at(action), action.pipeline, action.action, behaviourOf(action));
  const update = happening['update-pipeline'];
  if (update !== undefined) {
    tell(stage, `somebody changes the structure of ${update.pipeline}`);
    pipelines.update(at(update), update.pipeline);
  }
  const answer = happening['answer-approval'];
  if (answer !== undefined) {
    const { account, pipeline, action: path, by, answer: status, comment = '' } = answer;
    const [name = '', approval = ''] = path.split('/');
    tell(stage, `${by}: ${path} of ${pipeline} is ${status}`);
    pipelines.answer(at(answer), pipeline, name, approval, status, `arn:aws:iam::${account}:user/${by}`, comment);
  }
}
