import { runAction } from '#action-kit/run-action';
import { getInputs } from './inputs.ts';
import { rollback } from './rollback.ts';

export const run = () => runAction({ name: 'rollback', kind: 'outcome', getInputs, run: rollback });
