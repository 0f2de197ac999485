/** Outputs besides those that every action has. */
export const outputs = [
  'plan',
  'missing',
  'environment',
  'version',
  'release-sha',
  'components',
  'parts',
  'previews',
] as const;
