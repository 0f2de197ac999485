import type { Tool } from '../tools.ts';

/** The newest version that `go install` takes: later ones have `replace` lines. */
export const opentofu: Tool = {
  name: 'tofu',
  version: '1.6.3',
  from: { registry: 'go', module: 'github.com/opentofu/opentofu/cmd/tofu' },
};
