import { reasonText } from '../reasons.ts';
import { oneLine } from '../report/markdown.ts';
import type { NextTag } from './next-tag.ts';

/** What a release would become, for whoever is to approve it. */
export function forecastText(next: NextTag): string {
  switch (next.kind) {
    case 'tagged':
      return `It is **${next.tag.tag}**, which is there already.`;
    case 'covered':
      return `It is part of ${next.by.tag} already, and gets no version of its own.`;
    case 'next': {
      const why = next.because === undefined ? '' : `, because ${oneLine(next.because)}`;
      return `Verified, it would become **${next.tag.tag}**${why}. That is decided when it is published.`;
    }
    case 'unclear':
      return `⚠ It would get no version. ${next.finding.message} ${reasonText(next.finding.reason).unblocks}`;
  }
}
