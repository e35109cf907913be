import { spawnSync } from 'node:child_process';
import { EspalierError } from '../errors';
import { outcomeJson } from '../report/outcomes';
import { count } from '../text/count';
import { originOf, parseReference, pushArtifact } from '../tree/artifact/push';
import type { Credentials } from '../tree/charts/credentials';
import { fileOnPath } from '../tree/charts/helm-process';
import type { Command } from './command';
import { allowedHosts } from './config';
import { print, printError } from './terminal';

const help = `espalier push oci://HOST/REPO:TAG [PATH]: pushes a tree to a registry, as an artifact that an OCIRepository of Flux pulls.

Usage: espalier push oci://HOST/REPO:TAG [PATH] [options]

  PATH             the folder that is pushed, or one file (default: the working directory)
  --tag TAG        a further tag of the same artifact, such as latest; may be repeated
  --source URL     where the tree is from (default: the URL of the Git remote origin, without a login)
  --revision REV   what of it (default: BRANCH@sha1:COMMIT of the Git repository; a tag where there is no branch)
  --annotations KEY=VALUE
                   an annotation of the manifest; may be repeated
  --creds USER:PASSWORD
                   the login (default: that of docker login or helm registry login, which no list of processes shows)
  --sign           sign it with the cosign on the PATH: cosign sign --yes HOST/REPO@DIGEST
  --format FORMAT  text or json (default: text)
  --trace          print the stack trace of an error

It packs what \`flux push artifact\` packs: all files but links, .git, .gitignore, .gitmodules, .gitattributes, pictures and
archives. The same commit and tree have the same digest. Hosts on private addresses are asked only if the configuration allows
them (charts.hosts). It prints the reference with the digest, and warns where the tree is not as its commit has it.

Exit codes: 0 pushed; 1 pushed, but not signed; 2 nothing was pushed.

Example: espalier push oci://ghcr.io/acme/fleet:production dist --sign`;

export const push: Command = {
  help,
  positionals: 2,
  options: {
    tag: { type: 'string', multiple: true },
    source: { type: 'string' },
    revision: { type: 'string' },
    annotations: { type: 'string', multiple: true },
    creds: { type: 'string' },
    sign: { type: 'boolean' },
    format: { type: 'string', choices: ['text', 'json'] },
  },
  async run({ positionals: [to, path = '.'], values: given }) {
    const values = given as Given;
    if (to === undefined) throw new EspalierError('name where to push to: espalier push oci://HOST/REPO:TAG PATH.');
    const place = parseReference(to, values.tag);
    const annotations = annotationsOf(values.annotations);
    const credentials = values.creds === undefined ? undefined : loginOf(values.creds);
    const { altered, ...origin } = originOf(path, values);
    const cosign = values.sign === true ? fileOnPath('cosign') : undefined;
    if (values.sign === true && cosign === undefined) {
      throw new EspalierError('cosign is not on the PATH, so nothing is pushed. Install it, or leave --sign out.');
    }
    const { reference, files } = await pushArtifact(
      { path, origin, annotations },
      place,
      await allowedHosts(),
      credentials,
    );
    if (altered > 0) {
      const differ = altered === 1 ? '1 file differs' : `${altered} files differ`;
      printError(`warning: ${differ} from the commit that the artifact names. Commit first, or say --revision.`);
    }
    printError(`${to}: ${count(files, 'file')} of ${origin.revision}`);
    const isJson = values.format === 'json';
    if (!isJson) print(`oci://${reference}`);
    // What it prints is no part of the result.
    const sign = () => spawnSync(cosign as string, ['sign', '--yes', reference], { stdio: ['inherit', 2, 'inherit'] });
    const signed = cosign !== undefined && sign().status === 0;
    const { revision } = origin;
    if (isJson) print(outcomeJson({ version: 1, reference: `oci://${reference}`, files, revision, altered, signed }));
    if (signed || cosign === undefined) return 0;
    printError(`${reference} is pushed, but cosign did not sign it. Sign it: cosign sign --yes ${reference}`);
    return 1;
  },
};

interface Given {
  readonly tag?: readonly string[];
  readonly source?: string;
  readonly revision?: string;
  readonly annotations?: readonly string[];
  readonly creds?: string;
  readonly sign?: boolean;
  readonly format?: string;
}

function annotationsOf(texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (key !== undefined && value !== undefined) return [key, value];
      throw new EspalierError(
        `--annotations is ${JSON.stringify(text)}. It must be KEY=VALUE, such as org.opencontainers.image.licenses=MIT.`,
      );
    }),
  );
}

function loginOf(creds: string): Credentials {
  const [, username, password] = /^([^:]+):(.+)$/s.exec(creds) ?? [];
  if (username === undefined || password === undefined) {
    throw new EspalierError('--creds must be USER:PASSWORD. A token is a password: the registry says for which user.');
  }
  return { registry: async () => ({ username, password }), repository: () => ({ everywhere: false }) };
}
