import { NotModelled } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';

/**
 * Filter patterns for unstructured text (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html):
 * all terms, `?` any of them, `-` none of them, quotes around anything that is not alphanumeric. Case counts. Patterns for
 * JSON, for space-delimited events and regular expressions are not modelled.
 */
export function compileFilter(pattern: string | undefined): (message: string) => boolean {
  const text = pattern?.trim() ?? '';
  if (text === '') return () => true;
  if (/^[{[%]/.test(text)) throw new NotModelled(`with the filter pattern ${text}`);
  const terms = [...text.matchAll(/([?-]?)(?:"([^"]*)"|([^\s"]+))/g)].map(([, sign = '', quoted, bare = '']) => {
    if (quoted === undefined && !/^[\w]+$/.test(bare)) {
      throw new ServiceError('InvalidParameterException', `Invalid character(s) in term '${bare}'`);
    }
    return { sign, term: quoted ?? bare };
  });
  const [all, any, none] = ['', '?', '-'].map(sign => terms.filter(each => each.sign === sign));
  // Documented: mixed with other terms, `?` terms are ignored.
  const optional = all?.length === 0 && none?.length === 0 ? (any ?? []) : [];
  return message =>
    (all ?? []).every(({ term }) => message.includes(term)) &&
    !(none ?? []).some(({ term }) => message.includes(term)) &&
    (optional.length === 0 || optional.some(({ term }) => message.includes(term)));
}
