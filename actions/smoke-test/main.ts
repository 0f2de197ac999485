import { runAction } from '#action-kit/run-action';
import { getInputs } from './inputs.ts';
import { smokeTest } from './smoke-test.ts';

export const run = () => runAction({ name: 'smoke-test', kind: 'verdict', getInputs, run: smokeTest });
