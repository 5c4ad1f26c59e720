import type { ReactNode } from 'react';

/** Meanings of a state: each has a sign beside its colour. */
export type Tone = 'good' | 'failed' | 'waiting' | 'out' | 'quiet';

const SIGNS: Record<Tone, string> = { good: '✓', failed: '✕', waiting: '…', out: '−', quiet: '○' };

/** State of something: sign, word and colour. */
export function StatusMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span style={{ color: `var(--${tone})` }}>
      <span aria-hidden>{SIGNS[tone]}</span> {children}
    </span>
  );
}
