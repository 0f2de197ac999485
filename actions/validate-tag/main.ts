import { runAction } from '#action-kit/run-action';
import { getInputs } from './inputs.ts';
import { validateTag } from './validate-tag.ts';

export const run = () => runAction({ name: 'validate-tag', kind: 'verdict', getInputs, run: validateTag });
