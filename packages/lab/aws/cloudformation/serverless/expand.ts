import { NotModelled } from '../../../wire/not-modelled.ts';
import { invalid } from '../errors.ts';
import { isRecord, parseTemplate, type ResourceDeclaration, type Template } from '../template/parse.ts';
import { expandFunction } from './function.ts';
import { type ApiRoute, expandHttpApi } from './http-api.ts';
import { InvalidResource } from './invalid.ts';

/** The one transform that the lab has: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html */
export const serverless = 'AWS::Serverless-2016-10-31';

export type Expanded =
  | { readonly ok: true; readonly template: Template }
  /** As the change set says it. */
  | { readonly ok: false; readonly reason: string };

/**
 * What a template comes to once its transforms are processed. The resources are those of aws-sam-translator, which is the transform
 * itself: scripts/conformance/sam holds one against the other.
 */
export function expandTransforms(template: Template): Expanded {
  const other = template.transforms.find(each => each !== serverless);
  if (other !== undefined) throw new NotModelled(`with the transform ${other}`);
  if (template.transforms.length === 0) return { ok: true, template };
  const others = Object.keys(template.globals).find(each => each !== 'Function');
  if (others !== undefined) throw new NotModelled(`with Globals of ${others}`);
  const ids = (type: string) =>
    Object.entries(template.resources).filter(([, { Type }]) => Type === `AWS::Serverless::${type}`);
  const resources: Record<string, ResourceDeclaration> = Object.fromEntries(
    Object.entries(template.resources).filter(([, { Type }]) => !Type.startsWith('AWS::Serverless::')),
  );
  const known = new Set(['AWS::Serverless::Function', 'AWS::Serverless::HttpApi']);
  const strange = Object.values(template.resources).find(
    ({ Type }) => Type.startsWith('AWS::Serverless::') && !known.has(Type),
  );
  if (strange !== undefined) throw new NotModelled(`with resources of the type ${strange.Type}`);
  const routes = new Map<string, ApiRoute[]>(ids('HttpApi').map(([id]) => [id, []]));
  const wrong: string[] = [];
  const put = (id: string, expand: () => Readonly<Record<string, ResourceDeclaration>>) => {
    try {
      Object.assign(resources, expand());
    } catch (error) {
      if (!(error instanceof InvalidResource)) throw error;
      wrong.push(`Resource with id [${id}] is invalid. ${error.message}`);
    }
  };
  const globals = isRecord(template.globals.Function) ? template.globals.Function : {};
  for (const [id, declaration] of ids('Function')) put(id, () => expandFunction(id, declaration, globals, routes));
  for (const [id, declaration] of ids('HttpApi')) put(id, () => expandHttpApi(id, declaration, routes.get(id) ?? []));
  if (wrong.length > 0) {
    const many = `Invalid Serverless Application Specification document. Number of errors found: ${wrong.length}.`;
    return { ok: false, reason: `Transform ${serverless} failed with: ${[many, ...wrong].join(' ')}` };
  }
  return { ok: true, template: { ...template, resources, transforms: [], globals: {} } };
}

/** A template of a stack that is there. */
export function processedTemplate(body: string): Template {
  const expanded = expandTransforms(parseTemplate(body));
  if (!expanded.ok) throw invalid(expanded.reason);
  return expanded.template;
}

/** As GetTemplate answers the stage `Processed` of a template with transforms. */
export function writeTemplate({ description, parameters, mappings, conditions, resources, outputs }: Template): string {
  const sections = {
    Description: description,
    Parameters: parameters,
    Mappings: mappings,
    Conditions: conditions,
    Resources: resources,
    Outputs: outputs,
  };
  const present = Object.entries(sections).filter(([, section]) => Object.keys(section ?? {}).length > 0);
  return JSON.stringify(Object.fromEntries(present));
}
