/** Outputs besides those that every action has. */
export const outputs = ['version', 'tag', 'release-url'] as const;
