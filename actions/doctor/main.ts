import { runAction } from '#action-kit/run-action';
import { doctor } from './doctor.ts';
import { getInputs } from './inputs.ts';

export const run = () => runAction({ name: 'doctor', kind: 'verdict', getInputs, run: doctor });
