/**
 * Paths by pattern, as `.gitignore` and GitHub’s filters have them: `*` and `?` within a folder, `**` over folders, `{a,b}` for
 * either. Other characters stand for themselves.
 */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(toExpression);
  return path => expressions.some(expression => expression.test(path));
}

const tokens = /\*\*\/|\*\*|\*|\?|\{([^{}]*)\}|[^*?{]+|[{]/g;

function toExpression(pattern: string): RegExp {
  const parts = [...pattern.matchAll(tokens)].map(([token, alternatives]) => {
    if (alternatives !== undefined) return `(?:${alternatives.split(',').map(literal).join('|')})`;
    switch (token) {
      case '**/':
        return '(?:[^/]+/)*';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      default:
        return literal(token);
    }
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}

function literal(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
