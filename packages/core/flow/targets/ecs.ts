import * as z from 'zod/mini';
import { asList, choice, list, oneOrMany, text, wholeNumber } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { imageKeys } from './image.ts';
import { type CommonComponent, commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** One or more ECS services that run the same task definition. */
export interface EcsComponent extends CommonComponent {
  readonly target: 'ecs';
  readonly cluster: string;
  readonly services: readonly string[];
  /** Which container gets the new image. Absent only when a task definition is deployed as it is. */
  readonly container?: string | undefined;
  readonly image: EcsImage;
  /** Which task definition the new revision is built on; `as-it-is` registers nothing. */
  readonly taskDefinition: EcsTaskDefinition;
  /** The words of a command, run once on the new image before the services move. */
  readonly before?: readonly string[] | undefined;
  readonly desiredCount?: number | undefined;
}

export type EcsImage =
  /** The build hands over a digest of this ECR repository. */
  | {
      readonly from: 'repository';
      readonly repository: string;
      /** Where the build has pushed it, when that is another repository. */
      readonly copyFrom?: string | undefined;
      /** Put on the image once it runs. */
      readonly moveTag?: string | undefined;
    }
  | { readonly from: 'image'; readonly image: string }
  | { readonly from: 'task-definition' };

export type EcsTaskDefinition =
  | { readonly base: 'running' }
  /** The newest active revision of `family`, or of the family that runs now. */
  | { readonly base: 'latest'; readonly family?: string | undefined }
  | { readonly base: 'file'; readonly file: string }
  | { readonly base: 'as-it-is'; readonly revision: string };

export const ecs = defineTarget({
  name: 'ecs',
  description: 'Amazon ECS: one or more services that run the same task definition.',
  keys: {
    ...commonKeys,
    cluster: text('The ECS cluster, by name or ARN.', { examples: ['unifocus-{env}-cluster'] }),
    service: oneOrMany(
      text('The name of an ECS service.'),
      'The ECS service, or several of them that run the same task definition.',
      { examples: ['unifocus-{env}-api-service', ['orders-{env}-api', 'orders-{env}-worker']] },
    ),
    container: z.optional(text('The container of the task definition that gets the new image.', { examples: ['api'] })),
    repository: z.optional(
      text('The ECR repository whose image is deployed, by the digest that the build hands over.', {
        examples: ['unifocus-{env}-api'],
      }),
    ),
    ...imageKeys,
    image: z.optional(
      text('A fixed image instead of a repository; best with its digest.', {
        examples: ['public.ecr.aws/nginx/nginx:1.29'],
      }),
    ),
    'task-definition': z.optional(
      text(
        'A family, whose newest revision is built on; family:revision or an ARN with its revision, deployed as it is; ' +
          'or a JSON file of the repository.',
        { examples: ['unifocus-{env}-api', 'unifocus-{env}-api:42', 'infra/task-definition.json'] },
      ),
    ),
    base: z.optional(
      choice(
        ['running', 'latest', 'file'],
        'What the new revision is built on: the one that runs, the newest of its family, or the file of task-definition.',
        { default: 'running' },
      ),
    ),
    before: z.optional(
      list(
        text('One word of the command.'),
        'A one-off task on the new image before the services move, as the words of its command; the deployment fails ' +
          'when it exits with anything but 0.',
        { examples: [['npx', 'prisma', 'migrate', 'deploy']] },
      ),
    ),
    'desired-count': z.optional(wholeNumber(0, 5000, 'How many tasks each service runs; left alone when absent.')),
  },
  alternatives: ['repository', 'image'],
  rules: ecsRules,
  read: (values, surroundings): EcsComponent => ({
    ...readCommon(values, surroundings),
    target: 'ecs',
    cluster: values.cluster,
    services: asList(values.service),
    container: values.container,
    image: readImage(values),
    taskDefinition: readTaskDefinition(values),
    before: values.before,
    desiredCount: values['desired-count'],
  }),
});

interface ImageValues {
  readonly repository?: string | undefined;
  readonly image?: string | undefined;
  readonly 'copy-from'?: string | undefined;
  readonly 'move-tag'?: string | undefined;
}

function readImage({ repository, image, 'copy-from': copyFrom, 'move-tag': moveTag }: ImageValues): EcsImage {
  if (repository !== undefined) return { from: 'repository', repository, copyFrom, moveTag };
  return image === undefined ? { from: 'task-definition' } : { from: 'image', image };
}

interface TaskDefinitionValues {
  readonly base?: 'running' | 'latest' | 'file' | undefined;
  readonly 'task-definition'?: string | undefined;
}

function readTaskDefinition({ base, 'task-definition': definition }: TaskDefinitionValues): EcsTaskDefinition {
  if (definition === undefined) return base === 'latest' ? { base } : { base: 'running' };
  const kind = kindOf(definition);
  if (kind === 'file') return { base: 'file', file: definition };
  if (kind === 'revision') return { base: 'as-it-is', revision: definition };
  return { base: 'latest', family: definition };
}

/** A revision is `family:42` or an ARN that ends so; a file is known by its extension. */
function kindOf(definition: string): 'file' | 'revision' | 'family' {
  if (/\.(json|ya?ml)$/.test(definition)) return 'file';
  return /:\d+$/.test(definition) ? 'revision' : 'family';
}

function ecsRules(declaration: Declaration): readonly Mistake[] {
  const { repository, image, container, base, service, 'task-definition': definition } = declaration;
  const kind = typeof definition === 'string' ? kindOf(definition) : undefined;
  const mistakes: Mistake[] = [];
  const say = (key: string, message: string, hint?: string) => mistakes.push({ path: [key], message, hint, at: 'key' });

  if (repository !== undefined && image !== undefined) {
    say('image', 'stands beside `repository`: the image comes from one of them', 'remove one');
  }
  const source = repository !== undefined ? 'repository' : image !== undefined ? 'image' : undefined;
  if (source === undefined && kind !== 'revision') {
    mistakes.push({
      path: [],
      message: 'does not say which image is deployed',
      hint: 'give `repository`, `image`, or a `task-definition` with its revision',
      at: 'key',
    });
  }
  if (source !== undefined && kind === 'revision') {
    say(source, 'has no effect: a task definition with its revision is deployed as it is', 'remove one of the two');
  }
  for (const key of Object.keys(imageKeys).filter(
    name => declaration[name] !== undefined && repository === undefined,
  )) {
    say(key, 'has no effect without a `repository`', 'name the ECR repository that the service pulls from');
  }
  if (source !== undefined && container === undefined && kind !== 'revision') {
    say('container', '`container` is missing: which one gets the new image?');
  }
  if (base !== undefined && kind === 'revision') say('base', 'has no effect on a task definition with its revision');
  if (base === 'file' && kind !== 'file' && kind !== 'revision') {
    say('base', '`file` needs a file', 'set `task-definition` to a JSON file of the repository');
  }
  if ((base === 'running' || base === 'latest') && kind === 'file') {
    say('base', `\`${base}\` contradicts the file of \`task-definition\``, 'write `base: file` or leave it out');
  }
  if (base === 'running' && kind === 'family') {
    say('base', '`running` does not look at the family of `task-definition`', 'remove one of the two');
  }
  return [...mistakes, ...duplicates(service)];
}

function duplicates(service: unknown): readonly Mistake[] {
  if (!Array.isArray(service)) return [];
  return service.flatMap((name: unknown, index) =>
    service.indexOf(name) === index
      ? []
      : [{ path: ['service', index], message: `\`${String(name)}\` is listed twice` }],
  );
}
