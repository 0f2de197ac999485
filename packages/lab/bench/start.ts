import type { Measurement } from './marks.ts';
export async function benchStart(_suite: string): Promise<Measurement> { return { name: 'start', marks: [], details: {} }; }
