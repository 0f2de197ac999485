import { runAction } from '#action-kit/run-action';
import { getInputs } from './inputs.ts';
import { publishRelease } from './publish-release.ts';

export const run = () => runAction({ name: 'publish-release', kind: 'outcome', getInputs, run: publishRelease });
