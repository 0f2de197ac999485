import { html } from './html.ts';

/** The marks of the page, drawn once and used by reference. Filled discs for ends, rings for what is open. */
export const marks = html`<svg class="sprite" aria-hidden="true"><defs>
<symbol id="mark-good" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5" fill="currentColor"/><path d="m4.7 8.2 2.3 2.3 4.3-4.8" class="ink"/></symbol>
<symbol id="mark-bad" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5" fill="currentColor"/><path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" class="ink"/></symbol>
<symbol id="mark-stopped" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" class="line"/><path d="M5.2 8h5.6" class="line"/></symbol>
<symbol id="mark-skipped" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" class="line"/><path d="m5.4 10.6 5.2-5.2" class="line"/></symbol>
<symbol id="mark-waiting" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" class="line"/><path d="M8 4.4V8l2.5 1.8" class="line"/></symbol>
<symbol id="mark-running" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" class="line" stroke-dasharray="3.4 2.6"/><circle cx="8" cy="8" r="2.6" fill="currentColor"/></symbol>
<symbol id="mark-neutral" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" class="line"/><circle cx="8" cy="8" r="2" fill="currentColor"/></symbol>
<symbol id="mark-warning" viewBox="0 0 16 16"><path d="M8 1.8 15 14.2H1z" class="line"/><path d="M8 6.2v3.6m0 2v.3" class="line"/></symbol>
<symbol id="mark-notice" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.7" class="line"/><path d="M8 7.4v4m0-7v.3" class="line"/></symbol>
</defs></svg>`;
