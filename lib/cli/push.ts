import { spawnSync } from 'node:child_process';
import { EspalierError } from '../errors';
import { count } from '../text/count';
import { originOf, parseReference, pushArtifact } from '../tree/artifact/push';
import { fileOnPath } from '../tree/charts/helm-process';
import type { Command } from './command';
import { allowedHosts } from './config';
import { print, printError } from './terminal';

const help = `espalier push oci://HOST/REPO:TAG [PATH]: pushes a tree to a registry, as an artifact that an OCIRepository of Flux pulls.

Usage: espalier push oci://HOST/REPO:TAG [PATH] [options]

  PATH             the folder that is pushed, or one file (default: the working directory)
  --source URL     where the tree is from (default: the URL of the Git remote origin, without a login)
  --revision REV   what of it (default: BRANCH@sha1:COMMIT of the Git repository; a tag where there is no branch)
  --sign           sign it with the cosign on the PATH: cosign sign --yes HOST/REPO@DIGEST

It packs what \`flux push artifact\` packs: all files but links, .git, .gitignore, .gitmodules, .gitattributes, pictures and
archives. The same commit and tree have the same digest. Logins are those of helm and docker; hosts on private addresses only if
the configuration allows them (charts.hosts). It prints the reference with the digest.

Exit codes: 0 pushed; 1 pushed, but not signed; 2 nothing was pushed.

Example: espalier push oci://ghcr.io/acme/fleet:production dist --sign`;

export const push: Command = {
  help,
  positionals: 2,
  options: { source: { type: 'string' }, revision: { type: 'string' }, sign: { type: 'boolean' } },
  async run({ positionals: [to, path = '.'], values }) {
    if (to === undefined) throw new EspalierError('name where to push to: espalier push oci://HOST/REPO:TAG PATH.');
    const place = parseReference(to);
    const origin = originOf(path, values as { source?: string; revision?: string });
    const cosign = values.sign === true ? fileOnPath('cosign') : undefined;
    if (values.sign === true && cosign === undefined) {
      throw new EspalierError('cosign is not on the PATH, so nothing is pushed. Install it, or leave --sign out.');
    }
    const { reference, files } = await pushArtifact(path, place, origin, await allowedHosts());
    printError(`${to}: ${count(files, 'file')} of ${origin.revision}`);
    print(`oci://${reference}`);
    if (cosign === undefined) return 0;
    // What it prints is no part of the result.
    const { status } = spawnSync(cosign, ['sign', '--yes', reference], { stdio: ['inherit', 2, 'inherit'] });
    if (status === 0) return 0;
    printError(`${reference} is pushed, but cosign did not sign it. Sign it: cosign sign --yes ${reference}`);
    return 1;
  },
};
