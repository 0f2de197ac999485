/** The report page: one HTML file that needs nothing but itself. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { resolver } from './anchors.ts';
import type { ReportData } from './data.ts';
import { type Html, html, trusted } from './html.ts';
import { markdownRenderer } from './markdown/markdown.ts';
import { marks } from './marks.ts';
import { chapter } from './page/chapter.ts';
import { partsOf } from './page/chapters.ts';
import { environments } from './page/environments.ts';
import { expectations } from './page/expectations.ts';
import { header } from './page/header.ts';
import { issues } from './page/issues.ts';
import { journals } from './page/journals.ts';
import { navigation } from './page/navigation.ts';
import type { LogLimits } from './run/log.ts';
import { timeline } from './timeline/timeline.ts';

const mostBytes = 5_000_000;
/** Lines of each step’s log, tried in this order until the page is small enough. */
const lineLimits = [5_000, 1_000, 200];
const fewestLines = 50;
const longestLine = 4_000;

/** Writes the page, with its folders. Long logs lose their middle until the file has at most 5 MB, or they fifty lines each. */
export function writeReport(data: ReportData, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, renderReport(data));
}

export function renderReport(data: ReportData): string {
  const render = (lines: number) => page(data, { lines, characters: longestLine });
  for (const lines of lineLimits) {
    if (logCharacters(data, lines) > mostBytes) continue;
    const markup = render(lines);
    if (Buffer.byteLength(markup) <= mostBytes) return markup;
  }
  return render(fewestLines);
}

/** At least this much the logs take when each step keeps so many lines: spares drawing what cannot fit. */
function logCharacters({ runs }: ReportData, lines: number): number {
  const logs = runs.flatMap(run => run.jobs.flatMap(job => job.steps.map(step => step.log.slice(-lines))));
  return logs.flat().reduce((sum, { text }) => sum + Math.min(text.length, longestLine), 0);
}

function page(data: ReportData, limits: LogLimits): string {
  const resolve = resolver(
    data.repository,
    data.runs,
    data.issues.map(({ number }) => number),
  );
  const markdown = markdownRenderer(resolve);
  const parts = partsOf(data);
  return document(
    data.title,
    html`${marks}<a class="skip" href="#content">Skip to the runs</a>
<div class="layout">${navigation(data, parts)}<main id="content">
${header(data, markdown)}
${expectations(data)}
${timeline(data, parts)}
${parts.map(part => chapter(part, { markdown, limits }))}
${environments(data.environments, resolve)}
${journals(data.journals, { markdown, resolve })}
${issues(data.issues, markdown)}
</main></div>`,
  );
}

/** The policy is what makes it sure: nothing is loaded from anywhere, and no script runs but the page’s own. */
function document(title: string, body: Html): string {
  const script = look('page.js');
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const styles = [
    'colours.css',
    'page.css',
    'overview.css',
    'run.css',
    'log.css',
    'left-behind.css',
    'markdown.css',
    'print.css',
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(styles.map(look).join('\n'))}</style>
</head>
<body>
${body}
<script>${trusted(script)}</script>
</body>
</html>
`.markup;
}

function look(name: string): string {
  return readFileSync(new URL(`./look/${name}`, import.meta.url), 'utf8');
}
