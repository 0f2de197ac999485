import { runAction } from '#action-kit/run-action';
import { checkFlow } from './check-flow.ts';
import { getInputs } from './inputs.ts';

export const run = () => runAction({ name: 'check-flow', kind: 'verdict', getInputs, run: checkFlow });
