import { runAction } from '#action-kit/run-action';
import { hold } from './hold.ts';
import { getInputs } from './inputs.ts';

export const run = () => runAction({ name: 'hold', kind: 'outcome', getInputs, run: hold });
