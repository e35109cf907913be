import type { Finding } from '../../lib/checks/finding';
import { toldOnce } from '../../lib/checks/told-once';

const finding = (object: string, message: string): Finding => ({
  rule: 'a/b',
  severity: 'error',
  message,
  remedy: 'Fix it.',
  file: 'a.yaml',
  line: 1,
  column: 1,
  object,
  chain: [],
  frame: [],
  clusters: [],
});

test('what one line does to many objects is told once, whoever makes the file', () => {
  for (const by of ['', ', made by Manifest at shop/a']) {
    const all = ['one', 'two', 'three'].map((namespace) =>
      finding(`Provider ${namespace}/slack${by}`, `nothing creates what ${namespace}/slack names`),
    );
    expect(toldOnce(all.map((one) => ({ finding: one, together: undefined })))).toEqual([
      { ...all[0], message: `${all[0]?.message}; the same is true of 2 more objects made by this line` },
    ]);
  }
});
