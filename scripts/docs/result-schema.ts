import { outcomes } from '#core/outcome';
import { reasons } from '#core/reasons';
import { verdicts } from '#core/verdict';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const reason: Schema = { enum: Object.keys(reasons), description: 'Stable; docs/reasons.md says what each means.' };

const evidence: Schema = {
  type: 'object',
  description: 'The facts that it rests on: flat, printable, without secrets.',
  additionalProperties: { anyOf: [text, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: text }] },
};

const position: Schema = { type: 'integer', minimum: 1 };

const where: Schema = {
  description: 'Where a mistake stands.',
  oneOf: [
    place({ kind: { const: 'file' }, file: text, line: position, column: position }),
    place({ kind: { const: 'input' }, input: text }),
    place({ kind: { const: 'call' }, call: text }),
  ],
};

const finding = {
  reason,
  message: { type: 'string', description: 'A sentence for people, with the facts filled in.' },
  evidence,
  next: { type: 'string', description: 'What unblocks it, with the facts filled in.' },
  where,
} as const;

const needed = ['reason', 'message', 'evidence'] as const;
const outcome: Schema = { enum: outcomes, description: 'How a change ended, of what the action was asked to do.' };
const verdict: Schema = { enum: verdicts, description: 'What a check came to.' };

const component: Schema = {
  type: 'object',
  required: ['component', 'outcome', ...needed],
  properties: { component: text, outcome, ...finding },
};

/**
 * The output `result` of every action: one finding that decided, with an outcome or a verdict. Other members hold what an
 * action has to say besides; new ones may appear without a new version.
 */
export function resultSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The output `result` of an action of release-actions',
    type: 'object',
    required: ['schema', 'action', ...needed],
    properties: {
      schema: { const: 1, description: 'Version of this format.' },
      action: { type: 'string', description: 'The action that says so.' },
      ...finding,
      outcome,
      verdict,
      rules: {
        type: 'array',
        description: 'Every rule of a check with its own verdict.',
        items: strict({ rule: text, verdict, ...finding }, ['rule', 'verdict', ...needed]),
      },
      findings: {
        type: 'array',
        description: 'All mistakes at once, where the action was refused.',
        items: strict(finding, needed),
      },
      planned: { type: 'array', description: 'validate-tag: the components of its plan, by name.', items: text },
      components: { type: 'array', description: 'How each component ended.', items: component },
    },
    oneOf: [{ required: ['outcome'] }, { required: ['verdict', 'rules'] }],
  };
}

function strict(properties: Schema, required: readonly string[]): Schema {
  return { type: 'object', additionalProperties: false, required, properties };
}

function place(properties: Schema): Schema {
  return strict(properties, Object.keys(properties));
}
