import { runAction } from '#action-kit/run-action';
import { getInputs } from './inputs.ts';
import { monitor } from './monitor.ts';

export const run = () => runAction({ name: 'monitor', kind: 'verdict', getInputs, run: monitor });
