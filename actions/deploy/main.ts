import { runAction } from '#action-kit/run-action';
import { deploy } from './deploy.ts';
import { getInputs } from './inputs.ts';

export const run = () => runAction({ name: 'deploy', kind: 'outcome', getInputs, run: deploy });
