import { oneOrMany, text } from '../fields.ts';

export const noOpenIssues = oneOrMany(
  text('The name of a label.'),
  'Labels: nothing is released here while an issue with one of them is open.',
  { examples: [['critical']] },
);
