/** Outputs besides those that every action has. */
export const outputs = ['releases'] as const;
