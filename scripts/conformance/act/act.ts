import type { Tool } from '../tools.ts';

/** A runner with semantics of its own: https://github.com/nektos/act */
export const act: Tool = {
  name: 'act',
  version: '0.2.89',
  from: { registry: 'go', module: 'github.com/nektos/act' },
};
