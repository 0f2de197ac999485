/** Outputs besides those that every action has. */
export const outputs = ['until', 'missing'] as const;
