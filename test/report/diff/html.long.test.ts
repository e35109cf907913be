import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Review } from '../../../lib/changes/review';
import { reviewFormats } from '../../../lib/report/diff';
import { changed, changeOf, effectOf, medium, reviewOf } from '../../changes/reviews';
import { has, run, temporaryFolder } from '../../repository';

const html = (review: Review) => reviewFormats.html.render(review, { color: false });

const temporary = temporaryFolder();

/** The page without its style and its script, which are the same for every review. */
const body = (page: string) => page.replace(/<(style|script)>.*?<\/\1>/gs, '<$1></$1>');

/** A browser that is on the PATH. */
const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((program) => has(program));
const inBrowser = browser === undefined ? test.skip : test;
const title = (what: string) => (browser === undefined ? `${what} (skipped: no chromium on the PATH)` : what);

/** The page's elements once its script has run. */
function loaded(page: string): string {
  const file = join(temporary, 'review.html');
  writeFileSync(file, page);
  const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(temporary, 'profile')}`];
  const { code, stdout, stderr } = run(browser ?? '', [...options, '--dump-dom', pathToFileURL(file).href]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

inBrowser(
  title('in a browser the policy lets the script run: filters are there, and count'),
  () => {
    const page = loaded(html(medium));
    expect(page).toContain('<form id="filters">');
    expect(page).toContain('<output aria-live="polite">15 of 15 objects</output>');
  },
  60_000,
);

inBrowser(
  title('in a browser hostile texts are text'),
  () => {
    const hostile = '</pre></p><img src=x onerror="document.title=1"><script>document.title=2</script>"\'>';
    const change = changeOf('ConfigMap a/b', 'a/a', { object: hostile, fields: [changed(hostile, hostile, hostile)] });
    const page = body(
      loaded(html(reviewOf({ changes: [change], effects: [effectOf('other', 'low', hostile, hostile)] }))),
    );
    expect(page).toContain('<title>espalier diff: low danger</title>');
    expect(page).not.toContain('<img');
    expect(page.match(/<script>/g)?.length).toBe(1);
  },
  60_000,
);
