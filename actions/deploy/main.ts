import { runAction } from '#action-kit/run-action';
import { deploy } from './deploy.ts';
import { getInputs } from './inputs.ts';
import { mistakesOf } from './work.ts';

export const run = () => runAction({ name: 'deploy', kind: 'outcome', getInputs, alsoWrong: mistakesOf, run: deploy });
