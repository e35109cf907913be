// What a release says of itself: its section of CHANGELOG.md, then the commits since the release before.
//   node scripts/release-notes.mjs 0.1.0 > notes.md
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [version = ''] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
const section = sections.find((text) => text.split(/[\s\]]/, 1)[0]?.replace('[', '') === version);

const fail = (message) => {
  console.error(message);
  process.exit(1);
};
if (manifest.version !== version)
  fail(`package.json has the version ${manifest.version}, and the release is ${version}. Tag what was released.`);
if (section === undefined)
  fail(`CHANGELOG.md has no section "## ${version}". Call "## Unreleased" so, with the date, before the tag.`);

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
const tags = git('tag', '--list', 'v*', '--sort=-v:refname', '--merged', 'HEAD')
  .split('\n')
  .filter((tag) => tag !== '' && tag !== `v${version}`);
const commits = git('log', '--format=- %s (%h)', '--no-merges', ...(tags[0] ? [`${tags[0]}..HEAD`] : [])).split('\n');
const since = tags[0] ? `since ${tags[0]}` : 'so far';
const text = section.split('\n').slice(1).join('\n').trim();

// GitHub refuses a release that says more than 125,000 characters; the newest commits come first.
let room = 124_000 - text.length;
const shown = [];
for (const commit of commits) {
  room -= commit.length + 1;
  if (room < 0) break;
  shown.push(commit);
}
if (shown.length < commits.length) shown.push(`- and ${commits.length - shown.length} more`);

console.log(text);
console.log(`\n<details><summary>Commits ${since}</summary>\n\n${shown.join('\n')}\n\n</details>`);
