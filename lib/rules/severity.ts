/** How grave a finding is. Of the three, `info` fails no run. */
export type Severity = 'error' | 'warning' | 'info';

export const severities: readonly Severity[] = ['error', 'warning', 'info'];
