import type { Measurement } from './marks.ts';
export async function benchScale(_suite: string): Promise<Measurement> { return { name: 'scale', marks: [], details: {} }; }
