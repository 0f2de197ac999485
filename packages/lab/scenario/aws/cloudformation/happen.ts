import type { Step } from '../../schema.ts';
import type { Stage } from '../../stage.ts';
import { behaviourOf } from './prepare.ts';

type Happening = Pick<Step, 'update-stack' | 'cancel-stack-update' | 'drift-stack' | 'stack-resource' | 'remove-stack'>;

/** What people do to stacks, without us. */
export function happenToStack({ lab, scenario }: Stage, happening: Happening): void {
  const { region } = scenario.aws;
  const { cloudformation } = lab.aws;
  const update = happening['update-stack'];
  if (update !== undefined) {
    const { account, stack, template, parameters } = update;
    cloudformation.update({ account, region }, stack, {
      ...(template === undefined ? {} : { template }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(update['when-free'] === undefined ? {} : { whenFree: update['when-free'] }),
    });
  }
  const cancel = happening['cancel-stack-update'];
  if (cancel !== undefined) cloudformation.cancelUpdate({ account: cancel.account, region }, cancel.stack);
  const drift = happening['drift-stack'];
  if (drift !== undefined) {
    const { account, stack, resource, properties } = drift;
    const change = properties === undefined ? { kind: 'deleted' as const } : { kind: 'modified' as const, properties };
    cloudformation.drift({ account, region }, stack, resource, change);
  }
  const behaves = happening['stack-resource'];
  if (behaves !== undefined) {
    const { account, stack, resource, ...behaviour } = behaves;
    cloudformation.behave({ account, region }, stack, resource, behaviourOf(behaviour));
  }
  const gone = happening['remove-stack'];
  if (gone !== undefined) cloudformation.remove({ account: gone.account, region }, gone.stack);
}
