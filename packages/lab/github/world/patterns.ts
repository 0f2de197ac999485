/**
 * Ref patterns of rulesets and environments: Ruby's File.fnmatch with FNM_PATHNAME, so that `*` stops at a slash.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
 */
export function matchesPattern(pattern: string, name: string): boolean {
  return new RegExp(`^${translate(pattern)}$`).test(name);
}

function translate(pattern: string): string {
  let expression = '';
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const set = /^\[(!|\^)?([^\]/]+)\]/.exec(rest);
    if (rest.startsWith('**/')) {
      expression += '(?:[^/.][^/]*/)*';
      at += 2;
    } else if (rest.startsWith('*')) {
      expression += '[^/]*';
      if (rest.startsWith('**')) at += 1;
    } else if (rest.startsWith('?')) expression += '[^/]';
    else if (set) {
      expression += `[${set[1] ? '^' : ''}${(set[2] ?? '').replaceAll('\\', '\\\\')}]`;
      at += set[0].length - 1;
    } else if (rest.startsWith('\\') && rest.length > 1) {
      expression += escaped(rest.charAt(1));
      at += 1;
    } else expression += escaped(rest.charAt(0));
  }
  return expression;
}

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
