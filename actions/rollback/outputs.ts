/** Outputs besides those that every action has. */
export const outputs = ['version', 'release-sha'] as const;
